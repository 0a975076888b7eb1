package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.observe.Context;
import besser.kernel.observe.Observer;

/** {@code kernel/softirq.c}. */
final class Softirqs {
  private static final int MAX_RESTART = 10;
  private static final long MAX_TIME_NANOS = 2_000_000;
  private static final Softirq[] VECTORS = Softirq.values();

  private final Engine engine;
  private final Runnable[] actions = new Runnable[VECTORS.length];
  private final KernelFunction[] functions = new KernelFunction[VECTORS.length];

  Softirqs(Engine engine) {
    this.engine = engine;
    Tasklets taskletCode = new Tasklets(engine);
    for (Softirq vector : VECTORS) open(vector, Functions.HANDLE_SOFTIRQS, () -> {});
    open(Softirq.HI, Functions.TASKLET_ACTION, taskletCode::runHi);
    open(Softirq.TASKLET, Functions.TASKLET_ACTION, taskletCode::run);
    open(Softirq.TIMER, Functions.RUN_TIMERS, () -> SimTimer.runDue(engine));
  }

  void open(Softirq vector, KernelFunction function, Runnable action) {
    functions[vector.vector()] = function;
    actions[vector.vector()] = action;
  }

  /** {@code raise_softirq}. */
  void raise(Softirq vector) {
    engine.point(Choice.Operation.QUEUE, -1);
    boolean off = engine.interrupts.save();
    raise(engine.running, vector);
    if (!off) {
      engine.interrupts.enableHere();
      engine.scheduler.preemptCheck();
    }
  }

  /** {@code raise_softirq_irqoff}: from process context ksoftirqd has to see to it. */
  void raise(Cpu cpu, Softirq vector) {
    engine.call(Functions.RAISE_SOFTIRQ);
    cpu.softirqPending |= 1 << vector.vector();
    engine.mix(7, vector.vector());
    engine.trace.softirqRaise(vector);
    Observer observer = engine.observer;
    if (observer != null) observer.softirqRaised(vector.vector(), engine.context());
    if (!PreemptCount.inInterrupt(cpu.current.preemptCount)) wakeKsoftirqd(cpu);
  }

  private void wakeKsoftirqd(Cpu cpu) {
    SimTask task = cpu.ksoftirqd;
    if (task == null) {
      task =
          engine.scheduler.create(
              "ksoftirqd/" + cpu.index,
              Functions.SMPBOOT_THREAD,
              TaskPlacement.bound(cpu.index),
              this::ksoftirqd);
      task.waitIsNormal = true;
      cpu.ksoftirqd = task;
    }
    engine.scheduler.wake(task);
  }

  private void ksoftirqd() {
    SimTask self = engine.running.current;
    while (true) {
      self.state = SimTask.State.SLEEPING;
      engine.point(Choice.Operation.WAIT, -1);
      if (engine.running.softirqPending == 0) {
        engine.scheduler.schedule(false);
        continue;
      }
      self.state = SimTask.State.RUNNING;
      engine.enter(Functions.RUN_KSOFTIRQD);
      engine.running.irqsOff = true;
      handle();
      engine.leave();
      engine.interrupts.enable(Functions.RUN_KSOFTIRQD);
      engine.scheduler.preemptCheck();
      if (engine.running.needResched) engine.scheduler.schedule(true);
    }
  }

  /** {@code handle_softirqs}; interrupts are off before and after. */
  void handle() {
    Cpu cpu = engine.running;
    SimTask task = cpu.current;
    long end = engine.localTime() + MAX_TIME_NANOS;
    int restarts = MAX_RESTART;
    engine.enter(Functions.HANDLE_SOFTIRQS);
    Context interrupted = cpu.context();
    task.preemptCount += PreemptCount.SOFTIRQ;
    Observer observer = engine.observer;
    if (observer != null) observer.contextEntered(cpu.softirqContext, interrupted);
    while (true) {
      int pending = cpu.softirqPending;
      cpu.softirqPending = 0;
      engine.interrupts.enableHere();
      runVectors(pending);
      cpu.irqsOff = true;
      if (cpu.softirqPending == 0) break;
      if (engine.localTime() < end && !cpu.needResched && --restarts > 0) continue;
      wakeKsoftirqd(cpu);
      break;
    }
    if (observer != null) observer.contextLeft(cpu.softirqContext, interrupted);
    task.preemptCount -= PreemptCount.SOFTIRQ;
    engine.leave();
  }

  private void runVectors(int pending) {
    for (int bits = pending; bits != 0; bits &= bits - 1) {
      int vector = Integer.numberOfTrailingZeros(bits);
      engine.trace.softirqEntry(VECTORS[vector]);
      engine.mix(8, vector);
      engine.enter(functions[vector]);
      actions[vector].run();
      engine.leave();
      engine.trace.softirqExit(VECTORS[vector]);
      engine.point(Choice.Operation.OTHER, -1);
    }
  }

  // Bottom halves.

  void disableBh() {
    engine.call(Functions.LOCAL_BH_DISABLE);
    engine.running.current.preemptCount += PreemptCount.SOFTIRQ_DISABLE;
  }

  /** {@code __local_bh_enable_ip}: {@code count} is what the caller added. */
  void enableBh(int count) {
    SimTask task = engine.running.current;
    if (PreemptCount.inHardirq(task.preemptCount) || engine.running.irqsOff) {
      engine.log.misused("local_bh_enable with interrupts off");
    }
    engine.enter(Functions.LOCAL_BH_ENABLE);
    // One preempt count is kept until the softirqs have run.
    task.preemptCount -= count - PreemptCount.PREEMPT;
    if (engine.running.softirqPending != 0 && !PreemptCount.inInterrupt(task.preemptCount)) {
      runPending();
    }
    engine.leave();
    engine.scheduler.preemptEnable();
  }

  /** {@code do_softirq}. */
  private void runPending() {
    engine.enter(Functions.DO_SOFTIRQ);
    boolean off = engine.interrupts.save();
    handle();
    if (!off) engine.interrupts.enableHere();
    engine.leave();
  }
}
