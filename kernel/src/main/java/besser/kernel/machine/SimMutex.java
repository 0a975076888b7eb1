package besser.kernel.machine;

import besser.kernel.LockClass;
import besser.kernel.Mutex;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct mutex}: an owner, waiters in order, and a hand-off to a first waiter that was
 * overtaken once. Optimistic spinning is not modelled.
 */
final class SimMutex implements Mutex, LockView {
  private final Engine engine;
  private final LockClass lockClass;
  private final LeafLock waitLock;
  private final ArrayDeque<SimTask> waiters = new ArrayDeque<>(2);
  private @Nullable SimTask owner;
  private boolean handOff;

  SimMutex(Engine engine, LockClass lockClass) {
    this.engine = engine;
    this.lockClass = lockClass;
    this.waitLock = new LeafLock(engine, new LockClass("&lock->wait_lock", "mutex"));
  }

  @Override
  public void lock() {
    engine.scheduler.mightSleep(Functions.MUTEX_LOCK);
    Observer observer = engine.observer;
    if (observer != null) observer.lockAcquiring(this, Mode.PLAIN, engine.context());
    engine.enter(Functions.MUTEX_LOCK);
    engine.point(Choice.Operation.LOCK, waitLock.lockId());
    if (owner == null) {
      owner = engine.running.current;
    } else {
      lockSlow(observer);
    }
    engine.leave();
    if (observer != null) observer.lockAcquired(this, Mode.PLAIN, engine.context());
  }

  private void lockSlow(@Nullable Observer observer) {
    SimTask self = engine.running.current;
    if (owner == self) {
      engine.log.misused("mutex " + lockClass.name() + " locked again by its owner");
    }
    if (observer != null) observer.lockContended(this, engine.context());
    engine.enter(Functions.MUTEX_LOCK_SLOW);
    engine.trace.contentionBegin(waitLock.lockId());
    boolean off = waitLock.lockIrqsave();
    waiters.add(self);
    engine.scheduler.beginWait(self, this, false);
    if (observer != null) observer.waitBegan(this, Long.MAX_VALUE, engine.context());
    boolean wasFirst = false;
    while (owner != null && owner != self) {
      if (wasFirst) handOff = true;
      self.state = SimTask.State.SLEEPING;
      waitLock.unlockIrqrestore(off);
      engine.scheduler.schedule(false);
      engine.point(Choice.Operation.LOCK, waitLock.lockId());
      off = waitLock.lockIrqsave();
      wasFirst = waiters.peek() == self;
    }
    owner = self;
    waiters.remove(self);
    self.state = SimTask.State.RUNNING;
    engine.scheduler.endWait(self);
    waitLock.unlockIrqrestore(off);
    engine.trace.contentionEnd(waitLock.lockId());
    engine.leave();
    if (observer != null) observer.waitEnded(this, false, engine.context());
  }

  @Override
  public void unlock() {
    engine.point(Choice.Operation.UNLOCK, waitLock.lockId());
    Observer observer = engine.observer;
    if (observer != null) observer.lockReleased(this, engine.context());
    if (owner != engine.running.current) {
      engine.log.misused("mutex " + lockClass.name() + " unlocked by another than its owner");
    }
    engine.enter(Functions.MUTEX_UNLOCK);
    if (waiters.isEmpty()) {
      owner = null;
    } else {
      unlockSlow(observer);
    }
    engine.leave();
  }

  private void unlockSlow(@Nullable Observer observer) {
    engine.enter(Functions.MUTEX_UNLOCK_SLOW);
    boolean off = waitLock.lockIrqsave();
    SimTask first = waiters.peek();
    owner = handOff ? first : null;
    handOff = false;
    if (observer != null) observer.wakeCalled(this, engine.context());
    if (first != null) engine.scheduler.wake(first);
    waitLock.unlockIrqrestore(off);
    engine.leave();
  }

  @Override
  public boolean tryLock() {
    engine.call(Functions.MUTEX_TRYLOCK);
    engine.point(Choice.Operation.LOCK, waitLock.lockId());
    if (owner != null) return false;
    owner = engine.running.current;
    Observer observer = engine.observer;
    if (observer != null) observer.lockAcquired(this, Mode.TRY, engine.context());
    return true;
  }

  @Override
  public boolean isLocked() {
    engine.point(Choice.Operation.READ, waitLock.lockId());
    return owner != null;
  }

  @Override
  public LockClass lockClass() {
    return lockClass;
  }

  @Override
  public Kind lockKind() {
    return Kind.MUTEX;
  }

  @Override
  public int lockId() {
    return waitLock.lockId();
  }

  @Override
  public String toString() {
    return "mutex " + lockClass.name();
  }
}
