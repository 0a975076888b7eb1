package besser.kernel.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The runnable tasks of a CPU except the running one. Few tasks wait at a time, so an array scan
 * beats a tree.
 */
final class RunQueue {
  private final Engine engine;
  final LeafLock lock;
  private SimTask[] tasks = new SimTask[0];
  private int size;
  private long order;
  long minVruntime;

  RunQueue(Engine engine) {
    this.engine = engine;
    this.lock = new LeafLock(engine, LeafLock.RQ_LOCK);
  }

  int size() {
    return size;
  }

  SimTask get(int i) {
    return tasks[i];
  }

  void add(SimTask task) {
    if (size == tasks.length) grow(task);
    task.enqueueOrder = order++;
    task.enqueuedAt = engine.localTime();
    tasks[size++] = task;
  }

  private void grow(SimTask filler) {
    int old = tasks.length;
    tasks = Arrays.copyOf(tasks, Math.max(4, 2 * old));
    Arrays.fill(tasks, old, tasks.length, filler);
  }

  void remove(SimTask task) {
    for (int i = 0; i < size; i++) {
      if (tasks[i] == task) {
        size--;
        System.arraycopy(tasks, i + 1, tasks, i, size - i);
        return;
      }
    }
    throw new IllegalStateException(task + " is not in the run queue");
  }

  /** For an exploring schedule: this one is next. */
  void moveToFront(SimTask task) {
    int at = 0;
    while (tasks[at] != task) at++;
    System.arraycopy(tasks, 0, tasks, 1, at);
    tasks[0] = task;
  }

  /** Takes the next one: real-time by priority, then fair by virtual time. */
  @Nullable SimTask take() {
    SimTask best = peek();
    if (best != null) remove(best);
    return best;
  }

  /** The next one; null when none waits. */
  @Nullable SimTask peek() {
    if (size == 0) return null;
    SimTask best = tasks[0];
    if (!engine.timed) return best;
    for (int i = 1; i < size; i++) {
      if (isBefore(tasks[i], best)) best = tasks[i];
    }
    return best;
  }

  private static boolean isBefore(SimTask a, SimTask b) {
    int rtA = a.placement.fifoPriority();
    int rtB = b.placement.fifoPriority();
    if (rtA != rtB) return rtA > rtB;
    if (rtA == 0 && a.vruntime != b.vruntime) return a.vruntime < b.vruntime;
    return a.enqueueOrder < b.enqueueOrder;
  }

  /** A fair task that may move to another CPU, the one that waits longest; null when none. */
  @Nullable SimTask movableTo(int cpu) {
    SimTask best = null;
    for (int i = 0; i < size; i++) {
      SimTask task = tasks[i];
      if (task.isRealtime() || !task.mayRunOn(cpu)) continue;
      if (best == null || task.enqueueOrder < best.enqueueOrder) best = task;
    }
    return best;
  }

  boolean hasFair() {
    for (int i = 0; i < size; i++) {
      if (!tasks[i].isRealtime()) return true;
    }
    return false;
  }
}
