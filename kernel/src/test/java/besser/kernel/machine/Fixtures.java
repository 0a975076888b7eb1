package besser.kernel.machine;

import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.observe.SamplerConfig;

/** What machine tests share. */
final class Fixtures {
  static final KernelFunction BODY = KernelFunction.of("test", "body");
  static final KernelFunction WORK_FN = KernelFunction.of("test", "work_fn");
  static final KernelFunction HANDLER = KernelFunction.of("test", "handler");
  static final KernelFunction THREAD_FN = KernelFunction.of("test", "thread_fn");
  static final KernelFunction TASKLET_FN = KernelFunction.of("test", "tasklet_fn");
  static final KernelFunction TIMER_FN = KernelFunction.of("test", "timer_fn");
  static final LockClass LOCK = new LockClass("lock", "test");
  static final LockClass WAIT = new LockClass("wq", "test");
  static final long MICROSECOND = 1_000;
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000_000_000;

  static final SamplerConfig EVERY_NANOSECOND =
      new SamplerConfig(1_000_000_000, SamplerConfig.Event.CYCLES, false);

  private Fixtures() {}

  /** A timed machine where every call takes 50 ns. */
  static Machine timed(int cpus) {
    return new Machine(MachineConfig.timed(1, cpus, CostModel.fixed(50)));
  }

  /** The same, with a sample for every nanosecond, so that samples are nanoseconds. */
  static Machine timedToTheNanosecond(int cpus) {
    return new Machine(
        MachineConfig.timed(1, cpus, CostModel.fixed(50)).withSampler(EVERY_NANOSECOND));
  }

  static Machine still() {
    return new Machine(MachineConfig.still());
  }

  static TaskPlacement on(int cpu) {
    return TaskPlacement.bound(cpu);
  }
}
