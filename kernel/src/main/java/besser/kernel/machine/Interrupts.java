package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.observe.Context;
import besser.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.List;

/** Interrupt state of the CPUs, and hardirqs on top of whatever they interrupt. */
final class Interrupts {
  private final Engine engine;
  private final List<SimIrqLine> lines = new ArrayList<>();

  Interrupts(Engine engine) {
    this.engine = engine;
  }

  SimIrqLine addLine(int irq, String name, int cpu) {
    if (cpu < 0 || cpu >= engine.cpus.length) {
      throw new IllegalArgumentException(
          "cpu must be 0 to " + (engine.cpus.length - 1) + ", got " + cpu);
    }
    for (SimIrqLine line : lines) {
      if (line.irq() == irq) throw new IllegalArgumentException("irq " + irq + " is in use");
    }
    SimIrqLine line = new SimIrqLine(engine, irq, name, engine.cpus[cpu]);
    lines.add(line);
    return line;
  }

  /** {@code local_irq_save}: whether they were off before. */
  boolean save() {
    Cpu cpu = engine.running;
    boolean wereOff = cpu.irqsOff;
    cpu.irqsOff = true;
    return wereOff;
  }

  /** {@code local_irq_save} whose flags are kept here, for code that nests it properly. */
  void saveNested() {
    Cpu cpu = engine.running;
    if (!cpu.irqsOff) {
      cpu.irqsOff = true;
      cpu.irqSaveDepth = 0;
      cpu.irqSaveOutermost = true;
    } else {
      cpu.irqSaveDepth++;
    }
  }

  /** {@code local_irq_restore}. */
  void restoreNested() {
    Cpu cpu = engine.running;
    if (cpu.irqSaveDepth > 0) {
      cpu.irqSaveDepth--;
    } else if (cpu.irqSaveOutermost) {
      cpu.irqSaveOutermost = false;
      enableHere();
      engine.scheduler.preemptCheck();
    }
  }

  /**
   * Interrupts come on in {@code where}, called from the innermost function: a held-off sample
   * lands there, and what is pending is delivered.
   */
  void enable(KernelFunction where) {
    Cpu cpu = engine.running;
    cpu.irqsOff = false;
    if (cpu.sampler.isPending()) cpu.sampler.irqsEnabled(cpu.current.stack().child(where));
    if (cpu.hasPendingIrq() && (engine.timed || engine.still)) deliver();
  }

  /** The same, in the innermost function itself. */
  void enableHere() {
    Cpu cpu = engine.running;
    cpu.irqsOff = false;
    if (cpu.sampler.isPending()) cpu.sampler.irqsEnabled(cpu.current.stack());
    if (cpu.hasPendingIrq() && (engine.timed || engine.still)) deliver();
  }

  /** Handles everything pending on the running CPU, whose interrupts are on. */
  void deliver() {
    while (engine.running.isDeliverable()) deliverOne(engine.running);
  }

  /** One trip through {@code el1_interrupt}: handler, then softirqs, then perhaps preemption. */
  void deliverOne(Cpu cpu) {
    SimTask task = cpu.current;
    Context interrupted = cpu.context();
    cpu.irqsOff = true;
    task.preemptCount += PreemptCount.HARDIRQ;
    // A stack of its own, so that all interrupts are one tower and not one per interrupted place.
    int below = task.stack.open();
    announceEntry(cpu, interrupted);
    engine.enter(Functions.EL1_INTERRUPT);
    handleNext(cpu);
    task.preemptCount -= PreemptCount.HARDIRQ;
    announceExit(cpu, interrupted);
    if (cpu.softirqPending != 0 && !PreemptCount.inInterrupt(task.preemptCount)) {
      engine.softirqs.handle();
    }
    task.stack.close(below);
    cpu.irqsOff = false;
    if (cpu.sampler.isPending()) takeHeldOffSample(cpu, task);
    if (cpu.needResched) engine.scheduler.preemptCheck();
  }

  /** The counter's interrupt follows on the one that held it off, on top of the same context. */
  private static void takeHeldOffSample(Cpu cpu, SimTask interrupted) {
    if (interrupted.isIdle() && !PreemptCount.inInterrupt(interrupted.preemptCount)) {
      cpu.sampler.irqsEnabledInIdleLoop(interrupted.stack());
    } else {
      cpu.sampler.irqsEnabled(interrupted.stack());
    }
  }

  private void announceEntry(Cpu cpu, Context interrupted) {
    Observer observer = engine.observer;
    if (observer != null) observer.contextEntered(cpu.hardirqContext, interrupted);
  }

  private void announceExit(Cpu cpu, Context interrupted) {
    Observer observer = engine.observer;
    if (observer != null) observer.contextLeft(cpu.hardirqContext, interrupted);
  }

  private void handleNext(Cpu cpu) {
    if (cpu.take(Cpu.TICK)) {
      engine.enter(Functions.TICK);
      if (cpu.timers.isDue(engine.jiffies())) {
        engine.softirqs.raise(cpu, Softirq.TIMER);
      } else {
        // What the tick came for was deleted meanwhile: those that are left need one of their own.
        cpu.timers.armUntimed();
      }
      cpu.hrtimers.fireSoft();
      engine.scheduler.fair().tick(cpu);
      engine.leave();
    } else if (cpu.take(Cpu.HRTIMER)) {
      engine.enter(Functions.HRTIMER_INTERRUPT);
      cpu.hrtimers.fireHard();
      engine.leave();
    } else if (cpu.take(Cpu.IPI)) {
      engine.call(Functions.SCHEDULER_IPI);
    } else {
      cpu.takeLine().handle();
    }
  }
}
