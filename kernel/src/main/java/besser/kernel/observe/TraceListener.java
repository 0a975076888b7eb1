package besser.kernel.observe;

/** Receives the records of enabled tracepoints, in order of time on each CPU. */
@FunctionalInterface
public interface TraceListener {
  /** The record is valid during the call only. */
  void on(TraceRecord record);

  /**
   * Whether it wants the records of an object, such as a lock or the work items of a function;
   * asked once for each, with its first record.
   */
  default boolean wants(TraceRecord first) {
    return true;
  }
}
