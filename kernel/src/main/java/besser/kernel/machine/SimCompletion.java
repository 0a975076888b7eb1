package besser.kernel.machine;

import besser.kernel.Clock;
import besser.kernel.Completion;
import besser.kernel.LockClass;
import besser.kernel.observe.Observer;
import java.util.ArrayDeque;

/** {@code struct completion} on a simple wait queue. */
final class SimCompletion implements Completion {
  private static final LockClass LOCK = new LockClass("&x->wait", "completion");

  private final Engine engine;
  private final String name;
  private final LeafLock lock;
  private final ArrayDeque<SimTask> waiters = new ArrayDeque<>(2);
  private int done;

  SimCompletion(Engine engine, String name) {
    this.engine = engine;
    this.name = name;
    this.lock = new LeafLock(engine, LOCK);
  }

  @Override
  public void complete() {
    signal(Functions.COMPLETE, false);
  }

  @Override
  public void completeAll() {
    signal(Functions.COMPLETE_ALL, true);
  }

  private void signal(besser.kernel.KernelFunction function, boolean all) {
    engine.point(Choice.Operation.WAKE, lock.lockId());
    Observer observer = engine.observer;
    if (observer != null) {
      observer.wakeCalled(this, engine.context());
      observer.signalled(this, engine.context());
    }
    engine.enter(function);
    boolean off = lock.lockIrqsave();
    done = all ? Integer.MAX_VALUE : done == Integer.MAX_VALUE ? done : done + 1;
    while (true) {
      SimTask waiter = waiters.poll();
      if (waiter == null) break;
      engine.scheduler.wake(waiter);
      if (!all) break;
    }
    lock.unlockIrqrestore(off);
    engine.leave();
  }

  @Override
  public void reinit() {
    engine.point(Choice.Operation.WRITE, lock.lockId());
    done = 0;
  }

  @Override
  public void await() {
    waitFor(Clock.MAX_SCHEDULE_TIMEOUT);
  }

  @Override
  public long awaitTimeout(long timeoutJiffies) {
    return waitFor(timeoutJiffies);
  }

  private long waitFor(long timeoutJiffies) {
    engine.scheduler.mightSleep(Functions.WAIT_FOR_COMPLETION);
    engine.point(Choice.Operation.WAIT, lock.lockId());
    engine.enter(Functions.WAIT_FOR_COMPLETION);
    lock.lockIrq();
    long left = done == 0 ? sleep(timeoutJiffies) : timeoutJiffies;
    boolean met = done != 0;
    if (met && done != Integer.MAX_VALUE) done--;
    lock.unlockIrq();
    engine.leave();
    Observer observer = engine.observer;
    if (observer != null && met) observer.signalConsumed(this, engine.context());
    return met ? Math.max(1, left) : left;
  }

  /** {@code do_wait_for_common}, from lock held to lock held. */
  private long sleep(long timeoutJiffies) {
    SimTask self = engine.running.current;
    Observer observer = engine.observer;
    if (observer != null) observer.waitBegan(this, timeoutJiffies, engine.context());
    engine.scheduler.beginWait(self, this, timeoutJiffies != Clock.MAX_SCHEDULE_TIMEOUT);
    long left = timeoutJiffies;
    do {
      if (!waiters.contains(self)) waiters.add(self);
      self.state = SimTask.State.SLEEPING;
      lock.unlockIrq();
      left = self.sleepTimer.scheduleTimeout(left);
      engine.point(Choice.Operation.WAIT, lock.lockId());
      lock.lockIrq();
    } while (done == 0 && left > 0);
    waiters.remove(self);
    self.state = SimTask.State.RUNNING;
    engine.scheduler.endWait(self);
    if (observer != null) observer.waitEnded(this, done == 0, engine.context());
    return left;
  }

  @Override
  public boolean isDone() {
    engine.point(Choice.Operation.READ, lock.lockId());
    return done != 0;
  }

  @Override
  public String toString() {
    return "completion " + name;
  }
}
