package besser.kernel.machine;

import besser.kernel.random.RandomStream;

/** The world outside the CPUs. */
final class SimHardware implements Hardware {
  private final Engine engine;

  SimHardware(Engine engine) {
    this.engine = engine;
  }

  @Override
  public long nowNanos() {
    return engine.deviceTime();
  }

  @Override
  public Cancellable after(long delayNanos, Runnable action) {
    long ticket = engine.addEvent(timeAfter(delayNanos), action);
    return () -> engine.events.cancel(ticket);
  }

  private long timeAfter(long delayNanos) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("delay must be >= 0 ns, got " + delayNanos);
    }
    return Math.max(engine.localTime(), engine.deviceTime()) + delayNanos;
  }

  @Override
  public Alarm alarm(Runnable action) {
    return new SimAlarm(action);
  }

  @Override
  public IrqLine irqLine(int irq, String name, int cpu) {
    return engine.interrupts.addLine(irq, name, cpu);
  }

  @Override
  public RandomStream random(String name) {
    return new RandomStream(engine.config.seed(), "hardware:" + name);
  }

  @Override
  public boolean occurs(Fault fault) {
    return engine.explorer.faultOccurs(fault);
  }

  @Override
  public boolean isStill() {
    return engine.still;
  }

  /** An event that is its own payload. */
  private final class SimAlarm implements Alarm, Runnable {
    private final Runnable action;
    private boolean armed;
    private long ticket;

    SimAlarm(Runnable action) {
      this.action = action;
    }

    @Override
    public void arm(long delayNanos) {
      cancel();
      ticket = engine.addEvent(timeAfter(delayNanos), this);
      armed = true;
    }

    @Override
    public boolean cancel() {
      if (!armed) return false;
      armed = false;
      return engine.events.cancel(ticket);
    }

    @Override
    public boolean isArmed() {
      return armed;
    }

    @Override
    public void run() {
      armed = false;
      action.run();
    }
  }
}
