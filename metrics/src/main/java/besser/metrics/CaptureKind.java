package besser.metrics;

import java.util.Locale;

/** What a step can leave behind for metrics to be computed from. */
public enum CaptureKind {
  /** Kernel trace events. */
  TRACE,
  /** CPU samples with call stacks. */
  PROFILE,
  /** Bytes received over time, counted at the receiver. */
  GOODPUT,
  /** CPU frequency and load, temperature, interrupts, network counters, link state. */
  ENVIRONMENT,
  /** The kernel's log. */
  KERNEL_LOG;

  /** How a plan writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
