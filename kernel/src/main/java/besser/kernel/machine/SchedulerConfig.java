package besser.kernel.machine;

/**
 * The fair class's tunables, as CFS scales them for four or more CPUs, and what may be preempted.
 *
 * @param latencyNanos the period in which every runnable task should run once
 * @param sliceNanos the least slice before another task gets its turn
 * @param wakeupGranularityNanos how far behind in virtual time a woken task must be to preempt
 * @param kernelPreemption {@code CONFIG_PREEMPT}: kernel code is preempted where the preempt count
 *     reaches zero, not only where it blocks
 * @param idleBalance whether a CPU that goes idle takes a waiting task from another
 */
public record SchedulerConfig(
    long latencyNanos,
    long sliceNanos,
    long wakeupGranularityNanos,
    boolean kernelPreemption,
    boolean idleBalance) {
  public SchedulerConfig {
    if (latencyNanos < 1 || sliceNanos < 1 || wakeupGranularityNanos < 0) {
      throw new IllegalArgumentException(
          "need latency >= 1, slice >= 1 and granularity >= 0 ns, got %d, %d and %d"
              .formatted(latencyNanos, sliceNanos, wakeupGranularityNanos));
    }
  }

  /** What Linux boots with on four CPUs and {@code CONFIG_PREEMPT=y}. */
  public static SchedulerConfig linux() {
    return new SchedulerConfig(18_000_000, 3_000_000, 3_000_000, true, true);
  }
}
