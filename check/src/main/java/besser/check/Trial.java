package besser.check;

import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.machine.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a program: the schedule that decides, the load, the seed, and who watches. */
public final class Trial {
  private final Schedule schedule;
  private final long seed;
  private final int load;
  private final List<Checker> checkers;
  private @Nullable Machine machine;

  /**
   * A run to be.
   *
   * @param schedule answers the machine's choices
   * @param seed of everything random in the program; not of the schedule
   * @param load as {@link Program#load} counts it, at least 1
   * @param checkers fresh ones, told of this run only
   */
  public Trial(Schedule schedule, long seed, int load, List<Checker> checkers) {
    if (load < 1) throw new IllegalArgumentException("load must be >= 1, got " + load);
    this.schedule = schedule;
    this.seed = seed;
    this.load = load;
    this.checkers = new ArrayList<>(checkers);
  }

  /** The run's one machine, explored and watched, free of costs. */
  public Machine machine(int cpus) {
    return machine(MachineConfig.explored(cpus, schedule));
  }

  /** The same from a configuration, whose schedule and seed are replaced by the trial's. */
  public Machine machine(MachineConfig config) {
    Machine made = new Machine(config.withSchedule(schedule).withSeed(seed));
    attach(made);
    return made;
  }

  /**
   * The schedule, for a program whose machine something else makes; it must then {@link #attach}
   * that machine before it runs.
   */
  public Schedule schedule() {
    return schedule;
  }

  /** Lets the checkers watch a machine that was not made here. */
  public void attach(Machine made) {
    if (machine != null) throw new IllegalStateException("a trial has one machine");
    machine = made;
    for (Checker checker : checkers) made.observe(checker);
  }

  /** Adds a checker that only this program needs; before its machine runs. */
  public void watch(Checker checker) {
    checkers.add(checker);
    if (machine != null) machine.observe(checker);
  }

  /** The seed of everything random in the program. */
  public long seed() {
    return seed;
  }

  /** How much to do, at least 1. */
  public int load() {
    return load;
  }

  /** Everyone who watches. */
  public List<Checker> checkers() {
    return List.copyOf(checkers);
  }

  /** The machine, once it is made. */
  public Optional<Machine> made() {
    return Optional.ofNullable(machine);
  }
}
