package besser.kernel.machine;

import besser.kernel.LockClass;
import besser.kernel.Semaphore;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import java.util.ArrayDeque;

/** {@code struct semaphore}: {@code up} hands the count to the first waiter. */
final class SimSemaphore implements Semaphore, LockView {
  private final Engine engine;
  private final LockClass lockClass;
  private final LeafLock lock;
  private final ArrayDeque<SimTask> waiters = new ArrayDeque<>(2);
  private final ArrayDeque<SimTask> granted = new ArrayDeque<>(2);
  private int count;

  SimSemaphore(Engine engine, LockClass lockClass, int count) {
    if (count < 0) throw new IllegalArgumentException("count must be >= 0, got " + count);
    this.engine = engine;
    this.lockClass = lockClass;
    this.lock = new LeafLock(engine, new LockClass("&sem->lock", "semaphore"));
    this.count = count;
  }

  @Override
  public void down() {
    engine.scheduler.mightSleep(Functions.DOWN);
    Observer observer = engine.observer;
    if (observer != null) observer.lockAcquiring(this, Mode.PLAIN, engine.context());
    engine.point(Choice.Operation.LOCK, lock.lockId());
    engine.enter(Functions.DOWN);
    boolean off = lock.lockIrqsave();
    if (count > 0) {
      count--;
    } else {
      sleep(observer);
    }
    lock.unlockIrqrestore(off);
    engine.leave();
    announceTaken(observer, Mode.PLAIN);
  }

  private void sleep(@org.jspecify.annotations.Nullable Observer observer) {
    SimTask self = engine.running.current;
    waiters.add(self);
    engine.scheduler.beginWait(self, this, false);
    if (observer != null) {
      observer.lockContended(this, engine.context());
      observer.waitBegan(this, Long.MAX_VALUE, engine.context());
    }
    do {
      self.state = SimTask.State.SLEEPING;
      lock.unlockIrq();
      engine.scheduler.schedule(false);
      engine.point(Choice.Operation.WAIT, lock.lockId());
      lock.lockIrq();
    } while (!granted.remove(self));
    engine.scheduler.endWait(self);
    if (observer != null) observer.waitEnded(this, false, engine.context());
  }

  private void announceTaken(
      @org.jspecify.annotations.Nullable Observer observer, LockView.Mode mode) {
    if (observer == null) return;
    observer.lockAcquired(this, mode, engine.context());
    observer.signalConsumed(this, engine.context());
  }

  @Override
  public boolean tryDown() {
    engine.point(Choice.Operation.LOCK, lock.lockId());
    engine.enter(Functions.DOWN_TRYLOCK);
    boolean off = lock.lockIrqsave();
    boolean taken = count > 0;
    if (taken) count--;
    lock.unlockIrqrestore(off);
    engine.leave();
    if (taken) announceTaken(engine.observer, Mode.TRY);
    return taken;
  }

  @Override
  public void up() {
    engine.point(Choice.Operation.UNLOCK, lock.lockId());
    Observer observer = engine.observer;
    if (observer != null) {
      observer.signalled(this, engine.context());
      observer.lockReleased(this, engine.context());
    }
    engine.enter(Functions.UP);
    boolean off = lock.lockIrqsave();
    SimTask first = waiters.poll();
    if (first == null) {
      count++;
    } else {
      granted.add(first);
      engine.scheduler.wake(first);
    }
    lock.unlockIrqrestore(off);
    engine.leave();
  }

  @Override
  public LockClass lockClass() {
    return lockClass;
  }

  @Override
  public Kind lockKind() {
    return Kind.SEMAPHORE;
  }

  @Override
  public int lockId() {
    return lock.lockId();
  }

  @Override
  public String toString() {
    return "semaphore " + lockClass.name();
  }
}
