package besser.trace;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * What somebody wants of the events of one format.
 *
 * @param instants told when each event happened, in nanoseconds of the source's clock
 * @param events told of the wanted events themselves
 */
public record EventInterest(Optional<LongConsumer> instants, Optional<Wanted> events) {

  /**
   * Events to be handed over.
   *
   * @param to takes them; an event is valid during the call only
   * @param ofObject given an event, whether events of the same object — a lock, a wait queue, the
   *     work items of a function — are wanted. It depends on nothing but the object, so that one
   *     answer is good for all events of it; where it is yes to some events, others may come too.
   */
  public record Wanted(Consumer<Event> to, Predicate<Event> ofObject) {}

  /** An interest in every event as it is. */
  public static EventInterest inAll(EventSink sink) {
    return new EventInterest(Optional.empty(), Optional.of(new Wanted(sink::event, event -> true)));
  }
}
