package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import besser.kernel.observe.TraceGate;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code spinlock_t} or {@code raw_spinlock_t}: a queued spin lock. Waiters burn CPU time and are
 * served in order.
 */
final class SimSpinLock implements SpinLock, LockView {
  private final Engine engine;
  private final LockClass lockClass;
  private final Kind kind;
  private final int id;
  private final TraceGate acquired;
  private @Nullable Cpu holder;
  private Optional<ArrayDeque<SpinWaiter>> waiters = Optional.empty();
  private boolean irqsWereOff;

  SimSpinLock(Engine engine, LockClass lockClass, Kind kind) {
    this.engine = engine;
    this.lockClass = lockClass;
    this.kind = kind;
    this.id = engine.nextObjectId();
    this.acquired = engine.trace.lockAcquire();
  }

  @Override
  public void lock() {
    engine.running.current.preemptCount += PreemptCount.PREEMPT;
    acquire(Mode.PLAIN, Functions.SPIN_LOCK);
  }

  @Override
  public void unlock() {
    release(Functions.SPIN_UNLOCK);
    engine.scheduler.preemptEnable();
  }

  @Override
  public void lockBh() {
    engine.running.current.preemptCount += PreemptCount.SOFTIRQ_DISABLE + PreemptCount.PREEMPT;
    acquire(Mode.BH, Functions.SPIN_LOCK_BH);
  }

  @Override
  public void unlockBh() {
    engine.point(Choice.Operation.UNLOCK, id);
    letGo();
    engine.enter(Functions.SPIN_UNLOCK_BH);
    engine.softirqs.enableBh(PreemptCount.SOFTIRQ_DISABLE + PreemptCount.PREEMPT);
    engine.leave();
  }

  @Override
  public void lockIrqsave() {
    // Interrupts due until now are still taken.
    engine.point(Choice.Operation.IRQ_STATE, id);
    boolean wereOff = engine.interrupts.save();
    engine.running.current.preemptCount += PreemptCount.PREEMPT;
    acquire(Mode.IRQSAVE, Functions.SPIN_LOCK_IRQSAVE);
    irqsWereOff = wereOff;
  }

  @Override
  public void unlockIrqrestore() {
    boolean restoreOff = irqsWereOff;
    release(Functions.SPIN_UNLOCK_IRQRESTORE);
    if (!restoreOff) engine.interrupts.enable(Functions.SPIN_UNLOCK_IRQRESTORE);
    engine.scheduler.preemptEnable();
  }

  @Override
  public boolean tryLock() {
    SimTask task = engine.running.current;
    task.preemptCount += PreemptCount.PREEMPT;
    engine.call(Functions.SPIN_TRYLOCK);
    engine.point(Choice.Operation.LOCK, id);
    if (holder != null) {
      engine.scheduler.preemptEnable();
      return false;
    }
    holder = engine.running;
    Observer observer = engine.observer;
    if (observer != null) observer.lockAcquired(this, Mode.TRY, engine.context());
    return true;
  }

  private void acquire(Mode mode, KernelFunction function) {
    Observer observer = engine.observer;
    if (observer != null) observer.lockAcquiring(this, mode, engine.context());
    engine.trace.lockAcquire(acquired, lockClass.name(), id);
    engine.call(function);
    engine.point(Choice.Operation.LOCK, id);
    if (holder == null) {
      holder = engine.running;
    } else {
      contend(function);
    }
    engine.mix(10, id);
    if (observer != null) observer.lockAcquired(this, mode, engine.context());
  }

  private void release(KernelFunction function) {
    engine.point(Choice.Operation.UNLOCK, id);
    letGo();
    engine.call(function);
  }

  private void letGo() {
    if (holder != engine.running) {
      engine.log.misused("spinlock " + lockClass.name() + " unlocked by another cpu, or unheld");
    }
    Observer observer = engine.observer;
    if (observer != null) observer.lockReleased(this, engine.context());
    SpinWaiter first = waiters.isEmpty() ? null : waiters.get().poll();
    if (first == null) {
      holder = null;
      return;
    }
    holder = first.cpu;
    first.granted = true;
    if (first.cpu.spinningOn == first) engine.resumeAt(first.cpu, engine.localTime());
  }

  private void contend(KernelFunction function) {
    Cpu cpu = engine.running;
    failOnDeadlock(cpu);
    Observer observer = engine.observer;
    if (observer != null) observer.lockContended(this, engine.context());
    SimTask task = cpu.current;
    task.push(function);
    engine.trace.contentionBegin(id);
    SpinWaiter waiter = new SpinWaiter(cpu, this);
    if (waiters.isEmpty()) waiters = Optional.of(new ArrayDeque<>());
    waiters.get().add(waiter);
    @Nullable SpinWaiter outer = cpu.spinWait;
    cpu.spinWait = waiter;
    spin(cpu, task, waiter);
    cpu.spinWait = outer;
    engine.trace.contentionEnd(id);
    task.pop();
  }

  private void spin(Cpu cpu, SimTask task, SpinWaiter waiter) {
    long start = engine.localTime();
    while (!waiter.granted) {
      cpu.target = engine.closeAccount();
      cpu.clock = cpu.target;
      cpu.spinningOn = waiter;
      engine.suspend(task);
      cpu.spinningOn = null;
      long passed = engine.now() - start;
      if (passed > 0) engine.accountPassed(Functions.SPIN_SLOWPATH, passed);
      if (!waiter.granted && cpu.isDeliverable()) {
        engine.interrupts.deliver();
        engine.point(Choice.Operation.OTHER, -1);
      }
      start = engine.localTime();
    }
  }

  /** A CPU that waits for itself, through any chain of spinning CPUs, waits forever. */
  private void failOnDeadlock(Cpu cpu) {
    SimSpinLock lock = this;
    for (int i = 0; i <= engine.cpus.length; i++) {
      Cpu owner = lock.holder;
      if (owner == null) return;
      if (owner == cpu) {
        throw engine.failure.fatal(
            "deadlock: cpu %d spins on %s, which %s"
                .formatted(
                    cpu.index,
                    lockClass.name(),
                    lock == this ? "it holds itself" : "waits for what it holds"));
      }
      SpinWaiter blocked = owner.spinWait;
      if (blocked == null || blocked.granted) return;
      lock = blocked.lock;
    }
  }

  @Override
  public boolean isHeld() {
    return holder == engine.running;
  }

  @Override
  public LockClass lockClass() {
    return lockClass;
  }

  @Override
  public Kind lockKind() {
    return kind;
  }

  @Override
  public int lockId() {
    return id;
  }
}
