package besser.kernel.machine;

import besser.kernel.LockClass;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;

/**
 * A {@code raw_spinlock_t} of the kernel core. What is done under it is one straight section that
 * never suspends, so it is free again at a known time; a CPU that comes earlier spins until then.
 * Interrupt state is the caller's business.
 */
final class LeafLock implements LockView {
  static final LockClass RQ_LOCK = new LockClass("&rq->__lock", "sched");
  static final LockClass PI_LOCK = new LockClass("&p->pi_lock", "sched");
  static final LockClass POOL_LOCK = new LockClass("&pool->lock", "workqueue");
  static final LockClass TIMER_BASE_LOCK = new LockClass("&base->lock", "timer");
  static final LockClass HRTIMER_BASE_LOCK = new LockClass("hrtimer_bases.lock", "timer");

  private final Engine engine;
  private final LockClass lockClass;
  private final int id;
  private long busyUntil;

  LeafLock(Engine engine, LockClass lockClass) {
    this.engine = engine;
    this.lockClass = lockClass;
    this.id = engine.nextObjectId();
  }

  /** {@code raw_spin_lock}, with interrupts off already. */
  void lock() {
    engine.call(Functions.SPIN_LOCK);
    acquire(Mode.PLAIN);
  }

  /** {@code raw_spin_unlock}, interrupts staying off. */
  void unlock() {
    release();
    engine.call(Functions.SPIN_UNLOCK);
  }

  /** {@code raw_spin_lock_irqsave}; the result goes into {@link #unlockIrqrestore}. */
  boolean lockIrqsave() {
    boolean wereOff = engine.interrupts.save();
    engine.call(Functions.SPIN_LOCK_IRQSAVE);
    acquire(Mode.IRQSAVE);
    return wereOff;
  }

  /** {@code raw_spin_unlock_irqrestore}. */
  void unlockIrqrestore(boolean wereOff) {
    release();
    engine.call(Functions.SPIN_UNLOCK_IRQRESTORE);
    if (wereOff) return;
    engine.interrupts.enable(Functions.SPIN_UNLOCK_IRQRESTORE);
    engine.scheduler.preemptCheck();
  }

  /** {@code raw_spin_lock_irq}. */
  void lockIrq() {
    engine.running.irqsOff = true;
    engine.call(Functions.SPIN_LOCK_IRQ);
    acquire(Mode.IRQ);
  }

  /** {@code raw_spin_unlock_irq}. */
  void unlockIrq() {
    release();
    engine.call(Functions.SPIN_UNLOCK_IRQ);
    engine.interrupts.enable(Functions.SPIN_UNLOCK_IRQ);
    engine.scheduler.preemptCheck();
  }

  void acquire(Mode mode) {
    Observer observer = engine.observer;
    if (observer != null) observer.lockAcquiring(this, mode, engine.context());
    long wait = busyUntil - engine.localTime();
    if (wait > 0 && engine.timed) spin(wait);
    engine.running.current.preemptCount++;
    if (observer != null) observer.lockAcquired(this, mode, engine.context());
  }

  private void spin(long nanos) {
    Observer observer = engine.observer;
    if (observer != null) observer.lockContended(this, engine.context());
    engine.trace.contentionBegin(id);
    engine.spendIn(Functions.SPIN_SLOWPATH, nanos);
    engine.trace.contentionEnd(id);
  }

  void release() {
    Observer observer = engine.observer;
    if (observer != null) observer.lockReleased(this, engine.context());
    engine.running.current.preemptCount--;
    busyUntil = engine.localTime();
  }

  @Override
  public LockClass lockClass() {
    return lockClass;
  }

  @Override
  public Kind lockKind() {
    return Kind.RAW_SPIN;
  }

  @Override
  public int lockId() {
    return id;
  }
}
