package besser.metrics.capture;

import besser.metrics.CaptureKind;

/** A table over a whole capture. */
public enum TableKind {
  /** How often each event occurred, by CPU. */
  EVENTS(CaptureKind.TRACE),
  /** Where CPU time went, by function. */
  FUNCTIONS(CaptureKind.PROFILE),
  /** What the work queues ran, with run times and queueing delays. */
  WORK(CaptureKind.TRACE),
  /** Which locks threads waited for. */
  LOCKS(CaptureKind.TRACE);

  private final CaptureKind of;

  TableKind(CaptureKind of) {
    this.of = of;
  }

  /** What a capture must hold for it. */
  public CaptureKind captureKind() {
    return of;
  }

  /** Whether it follows threads or work items over CPUs. */
  boolean needsTimeOrder() {
    return switch (this) {
      case WORK, LOCKS -> true;
      case EVENTS, FUNCTIONS -> false;
    };
  }
}
