package besser.kernel.machine;

import besser.kernel.fiber.FiberBackend;
import besser.kernel.observe.SamplerConfig;

/**
 * What a machine is made of.
 *
 * @param seed of all random streams
 * @param cpus 1 to 64
 * @param hz {@code CONFIG_HZ}, 100 to 1000
 * @param fibers what carries the tasks' stacks
 * @param costs what operations cost; a machine that is not timed ignores it
 * @param schedule who answers choices
 * @param scheduler the fair class
 * @param sampler the profile sampler
 */
public record MachineConfig(
    long seed,
    int cpus,
    int hz,
    FiberBackend fibers,
    CostModel costs,
    Schedule schedule,
    SchedulerConfig scheduler,
    SamplerConfig sampler) {
  public MachineConfig {
    if (cpus < 1 || cpus > 64)
      throw new IllegalArgumentException("cpus must be 1 to 64, got " + cpus);
    if (hz < 100 || hz > 1000)
      throw new IllegalArgumentException("hz must be 100 to 1000, got " + hz);
    if (schedule.mode() == Schedule.Mode.STILL && cpus != 1) {
      throw new IllegalArgumentException("a still machine has 1 cpu, got " + cpus);
    }
  }

  /** A machine whose operations take time. */
  public static MachineConfig timed(long seed, int cpus, CostModel costs) {
    return new MachineConfig(
        seed,
        cpus,
        300,
        FiberBackend.fastest(),
        costs,
        new TimedSchedule(),
        SchedulerConfig.linux(),
        SamplerConfig.arm64());
  }

  /** A still machine, for counting. */
  public static MachineConfig still() {
    return timed(0, 1, CostModel.free()).withSchedule(new RunToBlockSchedule());
  }

  /** A machine whose schedule decides at every visible operation. */
  public static MachineConfig explored(int cpus, Schedule schedule) {
    return timed(0, cpus, CostModel.free()).withSchedule(schedule);
  }

  /** The same with another seed. */
  public MachineConfig withSeed(long newSeed) {
    return new MachineConfig(newSeed, cpus, hz, fibers, costs, schedule, scheduler, sampler);
  }

  /** The same with another tick rate. */
  public MachineConfig withHz(int newHz) {
    return new MachineConfig(seed, cpus, newHz, fibers, costs, schedule, scheduler, sampler);
  }

  /** The same on another fiber backend. */
  public MachineConfig withFibers(FiberBackend backend) {
    return new MachineConfig(seed, cpus, hz, backend, costs, schedule, scheduler, sampler);
  }

  /** The same with another schedule. */
  public MachineConfig withSchedule(Schedule newSchedule) {
    return new MachineConfig(seed, cpus, hz, fibers, costs, newSchedule, scheduler, sampler);
  }

  /** The same with another scheduler configuration. */
  public MachineConfig withScheduler(SchedulerConfig newScheduler) {
    return new MachineConfig(seed, cpus, hz, fibers, costs, schedule, newScheduler, sampler);
  }

  /** The same with another sampler. */
  public MachineConfig withSampler(SamplerConfig newSampler) {
    return new MachineConfig(seed, cpus, hz, fibers, costs, schedule, scheduler, newSampler);
  }
}
