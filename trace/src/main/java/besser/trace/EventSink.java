package besser.trace;

/**
 * Receives the events of one stream: of one CPU, or of all merged by time. A sink is called by one
 * thread at a time; sources that read CPUs in parallel ask for one sink per CPU.
 */
public interface EventSink {
  /** One event; {@code event} is valid during this call only. */
  void event(Event event);

  /**
   * What it wants of the events of a format. A source that can spare itself the rest tells this
   * instead of calling {@link #event}; one that cannot need not ask.
   */
  default EventInterest interest(EventFormat format) {
    return EventInterest.inAll(this);
  }

  /** A gap in the stream, reported before the first event behind it. */
  void lost(LostEvents lost);
}
