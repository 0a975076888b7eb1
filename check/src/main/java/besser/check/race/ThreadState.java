package besser.check.race;

import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import java.util.Arrays;

/** What is known of one thread of execution: a task, or an interrupt level of a CPU. */
final class ThreadState {
  private static final LockView[] NO_LOCKS = {};

  final Context context;
  final int id;
  final VectorClock clock = new VectorClock();

  /** What it learns when it next runs. */
  final VectorClock wake = new VectorClock();

  boolean wakePending;

  /** Locks held, oldest first; replaced, never changed. */
  LockView[] held = NO_LOCKS;

  /** The CPU whose interrupts it holds off, as last seen; -1 for none. */
  int irqsOffOn = -1;

  /** The CPU whose softirqs it holds off, as last seen; -1 for none. */
  int bhOffOn = -1;

  ThreadState(Context context) {
    this.context = context;
    this.id = context.id();
    clock.set(id, 1);
  }

  int now() {
    return clock.get(id);
  }

  /** Lets {@code to} know all that this thread did until now. */
  void release(VectorClock to) {
    to.join(clock);
    clock.set(id, clock.get(id) + 1);
  }

  void acquire(VectorClock from) {
    clock.join(from);
  }

  void hold(LockView lock) {
    held = Arrays.copyOf(held, held.length + 1);
    held[held.length - 1] = lock;
  }

  void drop(LockView lock) {
    for (int i = held.length - 1; i >= 0; i--) {
      if (held[i].lockId() != lock.lockId()) continue;
      LockView[] fewer = new LockView[held.length - 1];
      System.arraycopy(held, 0, fewer, 0, i);
      System.arraycopy(held, i + 1, fewer, i, fewer.length - i);
      held = fewer;
      return;
    }
  }
}
