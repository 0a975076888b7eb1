package besser.kernel.machine;

import besser.kernel.Task;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;

/** The softirq or hardirq level of one CPU as a thread of execution of its own. */
final class InterruptContext implements Context {
  private final Cpu cpu;
  private final Kind kind;
  private final int id;

  InterruptContext(Cpu cpu, Kind kind, int id) {
    this.cpu = cpu;
    this.kind = kind;
    this.id = id;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public int cpu() {
    return cpu.index;
  }

  @Override
  public Task task() {
    return cpu.current;
  }

  @Override
  public boolean irqsDisabled() {
    return cpu.irqsOff;
  }

  @Override
  public boolean bhDisabled() {
    return true;
  }

  @Override
  public int preemptCount() {
    return cpu.current.preemptCount;
  }

  @Override
  public boolean inAtomic() {
    return true;
  }

  @Override
  public CallNode stack() {
    return cpu.current.stack();
  }

  @Override
  public String name() {
    return (kind == Kind.HARDIRQ ? "hardirq/" : "softirq/") + cpu.index;
  }

  @Override
  public String toString() {
    return name();
  }
}
