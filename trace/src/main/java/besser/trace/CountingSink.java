package besser.trace;

/**
 * Receives the events of one stream, of which it needs no more than how many there are of each
 * format and when the first and the last were. A source may hand over counts in place of events.
 */
public interface CountingSink extends EventSink {
  /** Further events of a format on a CPU; {@code count} is positive. */
  void events(EventFormat format, int cpu, long count);

  /** When the earliest and the latest of the events were that came as counts. */
  void between(long firstNanos, long lastNanos);
}
