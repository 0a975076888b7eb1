package besser.kernel.observe;

/** Receives the records of enabled tracepoints, in order of time on each CPU. */
@FunctionalInterface
public interface TraceListener {
  /** The record is valid during the call only. */
  void on(TraceRecord record);

  /**
   * Whether it looks at what records say beyond when, where and in which task. Where no listener
   * does, their fields need not be set.
   */
  default boolean readsFields() {
    return true;
  }
}
