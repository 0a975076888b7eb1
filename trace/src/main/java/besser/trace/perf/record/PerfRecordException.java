package besser.trace.perf.record;

/** {@code perf record} could not be run, or did not leave a recording. */
public final class PerfRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure without another behind it. */
  public PerfRecordException(String message) {
    super(message);
  }

  /** A failure that {@code cause} explains. */
  public PerfRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
