package besser.metrics.match;

import besser.metrics.Filter;
import besser.trace.Event;
import besser.trace.EventFormat;
import java.util.Optional;

/** A filter compiled for the events of one format. Allocates nothing per event. */
@FunctionalInterface
public interface EventTest {
  /** Whether an event of the format it was compiled for passes. */
  boolean test(Event event);

  /** Every event passes. */
  EventTest ALL = event -> true;

  /**
   * Compiles a filter.
   *
   * @param names what function pointers are named by
   * @throws UnresolvedFilterException when the format has no such field, or a value names nothing
   */
  static EventTest compile(Optional<Filter> filter, EventFormat format, AddressNames names) {
    return filter.map(given -> new FilterCompiler(format, names).compile(given)).orElse(ALL);
  }
}
