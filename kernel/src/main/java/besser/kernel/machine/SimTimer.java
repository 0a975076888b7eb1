package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.Timer;
import besser.kernel.observe.Observer;
import org.jspecify.annotations.Nullable;

/** {@code struct timer_list}. */
final class SimTimer implements Timer {
  private static final long SPIN_NANOS = 1000;

  private final Engine engine;
  final int id;
  final KernelFunction function;
  private final Runnable body;
  private final boolean irqSafe;
  private @Nullable TimerBase base;
  private boolean pending;
  private long expires;
  long fireJiffy;
  long order;

  /** {@code irqSafe} is {@code TIMER_IRQSAFE}: the handler runs with interrupts off. */
  SimTimer(Engine engine, KernelFunction function, boolean irqSafe, Runnable body) {
    this.engine = engine;
    this.id = engine.nextObjectId();
    this.function = function;
    this.irqSafe = irqSafe;
    this.body = body;
  }

  @Override
  public boolean mod(long expiresJiffies) {
    engine.point(Choice.Operation.QUEUE, -1);
    return modNow(expiresJiffies);
  }

  /** {@link #mod} inside a section that others do not interrupt. */
  boolean modNow(long expiresJiffies) {
    engine.enter(Functions.MOD_TIMER);
    boolean wasPending = pending;
    if (!wasPending || expires != expiresJiffies) rearm(expiresJiffies);
    Observer observer = engine.observer;
    if (observer != null) observer.timerArmed(this, expiresJiffies, engine.context());
    engine.leave();
    return wasPending;
  }

  private void rearm(long expiresJiffies) {
    TimerBase old = base;
    TimerBase target = engine.running.timers;
    // A timer whose handler runs stays where it runs, so that deleteSync can see it.
    if (old != null && old.runningTimer == this) target = old;
    boolean off = target.lock.lockIrqsave();
    if (pending && old != null) old.remove(this);
    expires = expiresJiffies;
    base = target;
    pending = true;
    target.add(this, expiresJiffies);
    engine.trace.timerStart(this, expiresJiffies);
    target.lock.unlockIrqrestore(off);
  }

  @Override
  public boolean delete() {
    engine.point(Choice.Operation.QUEUE, -1);
    engine.enter(Functions.TIMER_DELETE);
    boolean wasPending = pending;
    if (wasPending) detach();
    announceDeleted(wasPending, false);
    engine.leave();
    return wasPending;
  }

  private void detach() {
    TimerBase home = base;
    if (home == null) throw new IllegalStateException("a pending timer has a base");
    boolean off = home.lock.lockIrqsave();
    home.remove(this);
    pending = false;
    engine.trace.timerCancel(this);
    home.lock.unlockIrqrestore(off);
  }

  @Override
  public boolean deleteSync() {
    engine.point(Choice.Operation.QUEUE, -1);
    engine.enter(Functions.TIMER_DELETE_SYNC);
    boolean wasPending = pending;
    if (wasPending) detach();
    if (isRunning()) {
      if (PreemptCount.inHardirq(engine.running.current.preemptCount)) {
        engine.log.misused("timer_delete_sync in hardirq of a running timer");
      }
      spinWhileRunning();
    }
    announceDeleted(wasPending, true);
    engine.leave();
    return wasPending;
  }

  /** Burns CPU time until the handler, which runs on another CPU, has ended. */
  private void spinWhileRunning() {
    if (engine.still && isRunning()) {
      throw engine.failure.fatal("deadlock: nobody can end this spin");
    }
    while (isRunning()) {
      if (engine.timed) {
        engine.spendIn(Functions.TIMER_DELETE_SYNC, SPIN_NANOS);
        engine.point(Choice.Operation.OTHER, -1);
      } else {
        Cpu cpu = engine.running;
        cpu.spinCondition = this::isRunning;
        cpu.target = engine.now();
        engine.resumeTimes.set(cpu, engine.now());
        engine.suspend(cpu.current);
        cpu.spinCondition = null;
      }
    }
  }

  private void announceDeleted(boolean wasPending, boolean synced) {
    Observer observer = engine.observer;
    if (observer != null) observer.timerDeleted(this, wasPending, synced, engine.context());
  }

  private boolean isRunning() {
    TimerBase home = base;
    return home != null && home.runningTimer == this;
  }

  @Override
  public boolean isPending() {
    return pending;
  }

  /** {@code __run_timers}: the timer softirq of one CPU. */
  static void runDue(Engine engine) {
    TimerBase home = engine.running.timers;
    home.lock.lockIrq();
    long jiffy = engine.jiffies();
    SimTimer timer = home.takeDue(jiffy);
    while (timer != null) {
      timer.expire(home);
      timer = home.takeDue(jiffy);
    }
    home.lock.unlockIrq();
    home.armUntimed();
  }

  private void expire(TimerBase home) {
    pending = false;
    home.runningTimer = this;
    if (irqSafe) {
      home.lock.unlock();
      callHandler();
      home.lock.lock();
    } else {
      home.lock.unlockIrq();
      callHandler();
      engine.point(Choice.Operation.OTHER, -1);
      home.lock.lockIrq();
    }
    home.runningTimer = null;
  }

  private void callHandler() {
    engine.enter(Functions.CALL_TIMER);
    engine.mix(9, order);
    engine.trace.timerExpireEntry(this);
    Observer observer = engine.observer;
    if (observer != null) observer.timerFired(this, engine.context());
    engine.enter(function);
    body.run();
    engine.leave();
    if (observer != null) observer.timerEnded(this, engine.context());
    engine.trace.timerExpireExit(this);
    engine.leave();
  }

  @Override
  public String toString() {
    return function.name();
  }
}
