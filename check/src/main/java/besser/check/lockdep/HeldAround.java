package besser.check.lockdep;

import besser.check.Checker;
import besser.check.Finding;
import besser.experiment.gate.LockAudit;
import besser.kernel.KernelFunction;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Notes what is held when one function is called, and what is taken inside it, by caller. */
public final class HeldAround implements Checker {
  private final String function;
  private final List<List<Taken>> held = new ArrayList<>();
  private final TreeMap<String, Sets> byCaller = new TreeMap<>();

  private record Taken(Object object, String name, CallNode stack) {}

  private static final class Sets {
    final TreeSet<String> held = new TreeSet<>();
    final TreeSet<String> taken = new TreeSet<>();
  }

  /** Around {@code function}, such as {@code wsm_handle_rx}. */
  public HeldAround(String function) {
    this.function = function;
  }

  @Override
  public String checkerName() {
    return "locks around " + function;
  }

  @Override
  public List<Finding> findings() {
    return List.of();
  }

  private List<Taken> heldBy(Context by) {
    while (held.size() <= by.id()) held.add(new ArrayList<>(4));
    return held.get(by.id());
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (!LockdepChecker.isCore(lock)) took(lock, lock.lockClass().name(), by);
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    heldBy(by).removeIf(taken -> taken.object().equals(lock));
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    took(work, "(work)" + work.function().name(), by);
    took(queue, "(wq)" + queue.name(), by);
  }

  @Override
  public void workEnded(Work work, Workqueue queue, Context by) {
    heldBy(by).clear();
  }

  private void took(Object object, String name, Context by) {
    List<Taken> mine = heldBy(by);
    // An interrupt on top of the function has a stack of its own on Linux: it is nothing of it.
    int depth = by.kind() == Context.Kind.TASK ? depth(by.stack()) : -1;
    if (depth >= 0) {
      Sets sets = byCaller.computeIfAbsent(caller(by, depth), key -> new Sets());
      sets.taken.add(name);
      for (Taken before : mine) {
        if (depth(before.stack()) < 0) sets.held.add(before.name());
      }
    }
    mine.add(new Taken(object, name, by.stack()));
  }

  /** How far out in a stack the function is; -1 when it is not in it. */
  private int depth(CallNode stack) {
    List<KernelFunction> functions = stack.stack();
    for (int i = 0; i < functions.size(); i++) {
      if (functions.get(i).name().equals(function)) return i;
    }
    return -1;
  }

  private static String caller(Context by, int depth) {
    List<KernelFunction> functions = by.stack().stack();
    String name = depth + 1 < functions.size() ? functions.get(depth + 1).name() : "?";
    return name + " in " + by.task().comm().replaceAll("[/:\\d].*", "");
  }

  /** What was noted, by caller. */
  public List<LockAudit.Around> around() {
    List<LockAudit.Around> all = new ArrayList<>();
    byCaller.forEach(
        (caller, sets) ->
            all.add(
                new LockAudit.Around(
                    function, caller, List.copyOf(sets.held), List.copyOf(sets.taken))));
    return all;
  }
}
