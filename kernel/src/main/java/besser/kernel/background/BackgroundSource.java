package besser.kernel.background;

import besser.kernel.KernelFunction;

/**
 * One source of background activity.
 *
 * @param kind what it does
 * @param function what runs; the cost model says how long
 * @param ratePerSecond mean events per second, Poisson, above 0
 * @param cpu the CPU that takes its interrupt
 */
public record BackgroundSource(Kind kind, KernelFunction function, double ratePerSecond, int cpu) {
  /** What an event of a source does. */
  public enum Kind {
    /** An interrupt queues a work item on {@code system_wq}. */
    WORK,
    /** An interrupt queues a work item on {@code system_unbound_wq}. */
    UNBOUND_WORK,
    /** An interrupt queues a work item on {@code system_highpri_wq}. */
    HIGHPRI_WORK,
    /** An interrupt wakes a program, which runs the function and sleeps again. */
    PROGRAM,
    /** An interrupt whose handler is all. */
    INTERRUPT
  }

  public BackgroundSource {
    if (!(ratePerSecond > 0) || ratePerSecond > 1_000_000) {
      throw new IllegalArgumentException(
          "rate must be above 0 and <= 1000000 per second, got " + ratePerSecond);
    }
    if (cpu < 0) throw new IllegalArgumentException("cpu must be >= 0, got " + cpu);
  }
}
