package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.match.AddressNames;
import besser.metrics.match.EventTest;
import besser.trace.EventFormat;
import java.util.Optional;
import java.util.Set;

/** Counts the events of a name that pass a filter. */
final class CountMeter extends EventMeter {
  private final String event;
  private final Optional<Filter> filter;
  private final Bins counts;

  CountMeter(String event, Optional<Filter> filter, Timeline timeline) {
    this.event = event;
    this.filter = filter;
    this.counts = timeline.bins();
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    if (!format.qualifiedName().equals(event)) {
      return Optional.empty();
    }
    if (filter.isEmpty()) {
      return Optional.of(new CountingHandler(counts));
    }
    EventTest test = EventTest.compile(filter, format, names);
    EventHandler counting =
        (read, bin) -> {
          if (test.test(read)) {
            counts.increment(bin);
          }
        };
    return Optional.of(ObjectHandler.of(filter, format, names, counting));
  }

  @Override
  Optional<String> missing(Set<String> found) {
    return firstMissing(found, event);
  }

  @Override
  void addCounts(EventMeter other) {
    counts.add(((CountMeter) other).counts);
  }

  Bins counts() {
    return counts;
  }
}
