package besser.check.coverage;

import besser.check.Checker;
import besser.check.Finding;
import besser.kernel.KernelFunction;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Variable;
import java.util.BitSet;
import java.util.List;

/** Notes which functions one run has seen in which context and state. Finds nothing. */
public final class CoverageRecorder implements Checker {
  private final BitSet cells = new BitSet();

  @Override
  public String checkerName() {
    return "coverage";
  }

  @Override
  public List<Finding> findings() {
    return List.of();
  }

  /** The cells reached, as {@link Coverage} numbers them. */
  BitSet cells() {
    return cells;
  }

  private void reached(Context by) {
    int state = Coverage.state(by);
    for (CallNode node = by.stack(); !node.isRoot(); node = node.caller()) {
      int cell = node.function().index() * Coverage.STATES + state;
      // Its callers were seen with it.
      if (cells.get(cell)) return;
      cells.set(cell);
    }
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    reached(by);
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (lock.lockKind() != LockView.Kind.RAW_SPIN) reached(by);
  }

  @Override
  public void mightSleep(KernelFunction where, Context by) {
    reached(by);
  }
}
