package besser.kernel.machine;

import besser.kernel.Task;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.TraceSource;

/** Where and when the machine is, as trace records show it. */
final class RunningContext implements TraceSource {
  private final Engine engine;

  RunningContext(Engine engine) {
    this.engine = engine;
  }

  @Override
  public long timeNanos() {
    return engine.localTime();
  }

  @Override
  public int cpu() {
    return engine.running.index;
  }

  @Override
  public Task task() {
    return engine.running.current;
  }

  @Override
  public int prio() {
    return engine.running.current.prio();
  }

  @Override
  public int flags() {
    Cpu cpu = engine.running;
    int count = cpu.current.preemptCount;
    return (cpu.irqsOff ? 1 : 0)
        | (cpu.needResched ? 4 : 0)
        | (PreemptCount.inHardirq(count) ? 8 : 0)
        | (PreemptCount.inServingSoftirq(count) ? 16 : 0);
  }

  @Override
  public int preemptCount() {
    return engine.running.current.preemptCount;
  }

  @Override
  public CallNode stack() {
    return engine.running.current.stack();
  }
}
