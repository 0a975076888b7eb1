package besser.kernel.observe;

/** Receives the records of enabled tracepoints, in order of time on each CPU. */
@FunctionalInterface
public interface TraceListener {
  /** The record is valid during the call only. */
  void on(TraceRecord record);
}
