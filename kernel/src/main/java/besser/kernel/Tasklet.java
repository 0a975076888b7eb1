package besser.kernel;

/**
 * {@code struct tasklet_struct}: runs in softirq on the CPU that scheduled it, never in parallel.
 */
public interface Tasklet {
  /** {@code tasklet_schedule}. */
  void schedule();

  /** {@code tasklet_hi_schedule}. */
  void hiSchedule();

  /** {@code tasklet_kill}: waits until it is neither scheduled nor running. */
  void kill();
}
