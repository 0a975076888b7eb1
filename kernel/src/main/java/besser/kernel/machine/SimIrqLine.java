package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.observe.Observer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One {@code irq_desc}, with the flow of {@code handle_fasteoi_irq}. */
final class SimIrqLine implements IrqLine {
  private static final int IRQ_HANDLED = 1;
  private static final int IRQ_WAKE_THREAD = 2;
  private static final int THREAD_PRIORITY = 50;

  private final Engine engine;
  private final int irq;
  private final String name;
  private final Cpu cpu;
  private @Nullable KernelFunction function;
  private BooleanSupplier handler = () -> false;
  private @Nullable SimTask thread;
  private boolean threadRequested;
  private boolean pending;
  private long raisedAt;
  private boolean queued;
  private boolean masked;
  private int disableDepth;
  private long count;

  SimIrqLine(Engine engine, int irq, String name, Cpu cpu) {
    this.engine = engine;
    this.irq = irq;
    this.name = name;
    this.cpu = cpu;
  }

  @Override
  public int irq() {
    return irq;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int cpu() {
    return cpu.index;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public void requestIrq(KernelFunction handlerFunction, Runnable body) {
    install(
        handlerFunction,
        () -> {
          body.run();
          return false;
        });
  }

  @Override
  public void requestThreadedIrq(
      KernelFunction handlerFunction,
      BooleanSupplier body,
      KernelFunction threadFunction,
      Runnable threadBody) {
    thread =
        engine.scheduler.create(
            "irq/" + irq + "-" + name,
            Functions.IRQ_THREAD,
            new TaskPlacement(0, THREAD_PRIORITY, cpu.index),
            () -> runThread(threadFunction, threadBody));
    install(handlerFunction, body);
  }

  private void install(KernelFunction handlerFunction, BooleanSupplier body) {
    if (function != null) throw new IllegalStateException("irq " + irq + " is already requested");
    function = handlerFunction;
    handler = body;
    announceArmed();
    queueIfPossible();
  }

  private void announceArmed() {
    Observer observer = engine.observer;
    if (observer != null) observer.irqArmed(irq, engine.context());
  }

  @Override
  public void raise() {
    Observer observer = engine.observer;
    if (observer != null) observer.irqRaised(irq, pending);
    engine.mix(5, irq);
    if (pending) return;
    pending = true;
    raisedAt = engine.now();
    queueIfPossible();
  }

  private void queueIfPossible() {
    if (!pending || queued || masked || disableDepth > 0 || function == null) return;
    queued = true;
    cpu.raise(this);
    engine.kick(cpu, engine.now());
  }

  @Override
  public void disable() {
    engine.point(Choice.Operation.IRQ_STATE, -1);
    disableDepth++;
    if (queued) {
      cpu.withdraw(this);
      queued = false;
    }
  }

  @Override
  public void enable() {
    if (disableDepth == 0) {
      engine.log.warn("Unbalanced enable for IRQ " + irq);
      return;
    }
    engine.point(Choice.Operation.IRQ_STATE, -1);
    disableDepth--;
    announceArmed();
    queueIfPossible();
    if (cpu == engine.running && cpu.isDeliverable() && (engine.timed || engine.still)) {
      engine.interrupts.deliver();
    }
  }

  /** Runs the handler; the CPU is in hardirq already. */
  void handle() {
    KernelFunction handlerFunction = function;
    if (handlerFunction == null) throw new IllegalStateException("irq " + irq + " has no handler");
    pending = false;
    queued = false;
    count++;
    engine.mix(6, irq);
    engine.notBefore(raisedAt);
    engine.enter(Functions.GIC_HANDLE_IRQ);
    engine.enter(Functions.HANDLE_IRQ_EVENT);
    Observer observer = engine.observer;
    if (observer != null) observer.irqDelivered(irq, engine.context());
    engine.trace.irqHandlerEntry(irq, name);
    engine.enter(handlerFunction);
    boolean wake = handler.getAsBoolean();
    engine.leave();
    engine.trace.irqHandlerExit(irq, wake ? IRQ_WAKE_THREAD : IRQ_HANDLED);
    if (wake) wakeThread();
    engine.leave();
    engine.leave();
  }

  private void wakeThread() {
    SimTask task = thread;
    if (task == null) {
      engine.log.warn("irq " + irq + " asked for a thread it does not have");
      return;
    }
    engine.call(Functions.IRQ_WAKE_THREAD);
    masked = true;
    threadRequested = true;
    engine.point(Choice.Operation.WAKE, task.id());
    engine.scheduler.wake(task);
  }

  private void runThread(KernelFunction threadFunction, Runnable body) {
    SimTask self = engine.running.current;
    self.waitIsNormal = true;
    while (true) {
      engine.point(Choice.Operation.WAIT, -1);
      if (!threadRequested) {
        engine.scheduler.beginWait(self, this, false);
        self.state = SimTask.State.SLEEPING;
        engine.scheduler.schedule(false);
        engine.scheduler.endWait(self);
        continue;
      }
      threadRequested = false;
      engine.enter(threadFunction);
      body.run();
      engine.leave();
      engine.point(Choice.Operation.IRQ_STATE, -1);
      masked = false;
      queueIfPossible();
      if (cpu.isDeliverable() && (engine.timed || engine.still)) engine.interrupts.deliver();
    }
  }

  @Override
  public String toString() {
    return "irq/" + irq + "-" + name;
  }
}
