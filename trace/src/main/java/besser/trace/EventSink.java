package besser.trace;

import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Receives the events of one stream: of one CPU, or of all merged by time. A sink is called by one
 * thread at a time; sources that read CPUs in parallel ask for one sink per CPU.
 */
public interface EventSink {
  /** One event; {@code event} is valid during this call only. */
  void event(Event event);

  /**
   * Where to tell when an event of a format happened, in nanoseconds of the source's clock, instead
   * of handing it over; empty when there is more to it than that it happened.
   */
  default Optional<LongConsumer> instants(EventFormat format) {
    return Optional.empty();
  }

  /** A gap in the stream, reported before the first event behind it. */
  void lost(LostEvents lost);
}
