package besser.kernel.machine;

/**
 * How a task is scheduled.
 *
 * @param nice -20 to 19, of the fair class
 * @param fifoPriority 1 to 99 for {@code SCHED_FIFO}, 0 for the fair class
 * @param cpu the only CPU it may run on, -1 for any
 */
public record TaskPlacement(int nice, int fifoPriority, int cpu) {
  /** Nice 0 on any CPU. */
  public static final TaskPlacement NORMAL = new TaskPlacement(0, 0, -1);

  public TaskPlacement {
    if (nice < -20 || nice > 19) {
      throw new IllegalArgumentException("nice must be -20 to 19, got " + nice);
    }
    if (fifoPriority < 0 || fifoPriority > 99) {
      throw new IllegalArgumentException("fifo priority must be 0 to 99, got " + fifoPriority);
    }
    if (cpu < -1) throw new IllegalArgumentException("cpu must be >= -1, got " + cpu);
  }

  /** Nice 0 on one CPU. */
  public static TaskPlacement bound(int cpu) {
    return new TaskPlacement(0, 0, cpu);
  }
}
