package besser.kernel.machine;

import besser.kernel.Clock;
import besser.kernel.LockClass;
import besser.kernel.WaitQueue;
import besser.kernel.observe.Observer;
import besser.kernel.observe.TraceGate;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code wait_queue_head_t} and {@code ___wait_event}. One sleep and wake takes the queue's lock
 * four times: the waker once, {@code prepare_to_wait_event} before the sleep and after it, {@code
 * finish_wait} once.
 */
final class SimWaitQueue implements WaitQueue {
  private final Engine engine;
  private final LockClass lockClass;
  private final LeafLock lock;
  private final TraceGate woken;
  private @Nullable SimTask[] waiters = new @Nullable SimTask[4];
  private boolean[] exclusive = new boolean[4];
  private int size;

  SimWaitQueue(Engine engine, LockClass lockClass) {
    this.engine = engine;
    this.lockClass = lockClass;
    this.lock = new LeafLock(engine, lockClass);
    this.woken = engine.trace.wakeUp();
  }

  @Override
  public void waitEvent(BooleanSupplier condition) {
    waitFor(condition, Clock.MAX_SCHEDULE_TIMEOUT, false);
  }

  @Override
  public void waitEventExclusive(BooleanSupplier condition) {
    waitFor(condition, Clock.MAX_SCHEDULE_TIMEOUT, true);
  }

  @Override
  public long waitEventTimeout(BooleanSupplier condition, long timeoutJiffies) {
    return waitFor(condition, timeoutJiffies, false);
  }

  @Override
  public long waitEventInterruptibleTimeout(BooleanSupplier condition, long timeoutJiffies) {
    return waitFor(condition, timeoutJiffies, false);
  }

  private long waitFor(BooleanSupplier condition, long timeoutJiffies, boolean isExclusive) {
    engine.scheduler.mightSleep(Functions.PREPARE_TO_WAIT);
    boolean met = evaluate(condition);
    long left = timeoutJiffies;
    if (met && left == 0) left = 1;
    if (met || left == 0) return left;
    SimTask self = engine.running.current;
    engine.scheduler.beginWait(self, this, timeoutJiffies != Clock.MAX_SCHEDULE_TIMEOUT);
    Observer observer = engine.observer;
    self.waitCondition = condition;
    if (observer != null) observer.waitBegan(this, timeoutJiffies, engine.context());
    while (true) {
      prepare(self, isExclusive);
      met = evaluate(condition);
      if (met && left == 0) left = 1;
      if (met || left == 0) break;
      left = self.sleepTimer.scheduleTimeout(left);
    }
    finish(self);
    engine.scheduler.endWait(self);
    self.waitCondition = null;
    if (observer != null) observer.waitEnded(this, !met, engine.context());
    return left;
  }

  private boolean evaluate(BooleanSupplier condition) {
    engine.point(Choice.Operation.READ, lock.lockId());
    boolean result = condition.getAsBoolean();
    Observer observer = engine.observer;
    if (observer != null) observer.conditionEvaluated(this, result, engine.context());
    return result;
  }

  /** For the end of a run: whether what a task waits for is the case. */
  void announceCondition(SimTask waiter, Observer observer) {
    BooleanSupplier condition = waiter.waitCondition;
    if (condition == null) return;
    observer.conditionEvaluated(this, condition.getAsBoolean(), waiter);
  }

  private void prepare(SimTask self, boolean isExclusive) {
    engine.point(Choice.Operation.WAIT, lock.lockId());
    engine.enter(Functions.PREPARE_TO_WAIT);
    boolean off = lock.lockIrqsave();
    if (indexOf(self) < 0) add(self, isExclusive);
    self.state = SimTask.State.SLEEPING;
    lock.unlockIrqrestore(off);
    engine.leave();
  }

  private void finish(SimTask self) {
    engine.point(Choice.Operation.WAIT, lock.lockId());
    engine.enter(Functions.FINISH_WAIT);
    self.state = SimTask.State.RUNNING;
    if (indexOf(self) >= 0) {
      boolean off = lock.lockIrqsave();
      removeAt(indexOf(self));
      lock.unlockIrqrestore(off);
    }
    engine.leave();
  }

  @Override
  public void wakeUp() {
    wake(1);
  }

  @Override
  public void wakeUpAll() {
    wake(Integer.MAX_VALUE);
  }

  /** {@code __wake_up}: all others, and so many exclusive ones. */
  private void wake(int exclusiveLimit) {
    engine.point(Choice.Operation.WAKE, lock.lockId());
    Observer observer = engine.observer;
    if (observer != null) observer.wakeCalled(this, engine.context());
    engine.trace.wakeUp(woken, lock.lockClass().name(), lock.lockId());
    engine.enter(Functions.WAKE_UP);
    boolean off = lock.lockIrqsave();
    int exclusiveLeft = exclusiveLimit;
    for (int i = 0; i < size; ) {
      SimTask waiter = waiters[i];
      boolean isExclusive = exclusive[i];
      engine.enter(Functions.WAKE_FUNCTION);
      boolean woken = waiter != null && engine.scheduler.wake(waiter);
      engine.leave();
      if (woken) {
        // autoremove_wake_function
        removeAt(i);
      } else {
        i++;
      }
      if (woken && isExclusive && --exclusiveLeft == 0) break;
    }
    lock.unlockIrqrestore(off);
    engine.leave();
  }

  @Override
  public boolean isActive() {
    engine.point(Choice.Operation.READ, lock.lockId());
    return size > 0;
  }

  private int indexOf(SimTask task) {
    for (int i = 0; i < size; i++) {
      if (waiters[i] == task) return i;
    }
    return -1;
  }

  /** Exclusive waiters go to the tail, others to the head. */
  private void add(SimTask task, boolean isExclusive) {
    if (size == waiters.length) {
      waiters = Arrays.copyOf(waiters, 2 * size);
      exclusive = Arrays.copyOf(exclusive, 2 * size);
    }
    int at = isExclusive ? size : 0;
    System.arraycopy(waiters, at, waiters, at + 1, size - at);
    System.arraycopy(exclusive, at, exclusive, at + 1, size - at);
    waiters[at] = task;
    exclusive[at] = isExclusive;
    size++;
  }

  private void removeAt(int i) {
    size--;
    System.arraycopy(waiters, i + 1, waiters, i, size - i);
    System.arraycopy(exclusive, i + 1, exclusive, i, size - i);
    waiters[size] = null;
  }

  @Override
  public String toString() {
    return "wait queue " + lockClass.name();
  }
}
