package besser.check.driver;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.RunEnd;
import java.util.List;

/** Finds nothing; does something at the end of a run, when those before it have come to theirs. */
record WhenEnded(Runnable action) implements Checker {
  @Override
  public String checkerName() {
    return "the end of a run";
  }

  @Override
  public void ended(RunEnd end) {
    action.run();
  }

  @Override
  public List<Finding> findings() {
    return List.of();
  }
}
