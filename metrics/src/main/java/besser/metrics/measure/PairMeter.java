package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.match.AddressNames;
import besser.metrics.match.EventTest;
import besser.metrics.match.LongTable;
import besser.trace.EventFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Times from an event to the next one with the same key. Of two openings in a row the later counts,
 * as with the variables of the kernel's histogram triggers. A pair belongs to the window in which
 * it closes.
 */
final class PairMeter extends EventMeter {
  private final String from;
  private final String to;
  private final PairKey key;
  private final Optional<Filter> filter;
  private final LongTable open = new LongTable();
  private final Durations durations;

  PairMeter(String from, String to, PairKey key, Optional<Filter> filter, Timeline timeline) {
    this.from = from;
    this.to = to;
    this.key = key;
    this.filter = filter;
    this.durations = new Durations(timeline);
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    boolean opens = format.qualifiedName().equals(from);
    boolean closes = format.qualifiedName().equals(to);
    if (opens && closes) {
      EventHandler closing = closing(format, names);
      EventHandler opening = opening(format);
      return Optional.of(
          (event, bin) -> {
            closing.handle(event, bin);
            opening.handle(event, bin);
          });
    }
    if (opens) {
      return Optional.of(ofWanted(opening(format), format, names));
    }
    return closes ? Optional.of(ofWanted(closing(format, names), format, names)) : Optional.empty();
  }

  private EventHandler ofWanted(EventHandler handler, EventFormat format, AddressNames names) {
    return key.isWorkItem() ? ObjectHandler.of(filter, format, names, handler) : handler;
  }

  private EventHandler opening(EventFormat format) {
    PairKey.Reader reader = key.earlier(format);
    return (event, bin) -> open.put(reader.key(event), event.timeNanos());
  }

  private EventHandler closing(EventFormat format, AddressNames names) {
    PairKey.Reader reader = key.later(format);
    EventTest test = EventTest.compile(filter, format, names);
    return (event, bin) -> {
      long opened = open.remove(reader.key(event));
      if (opened != LongTable.ABSENT && test.test(event)) {
        durations.record(event.timeNanos() - opened, bin);
      }
    };
  }

  @Override
  void lost() {
    open.clear();
  }

  @Override
  Optional<String> missing(Set<String> found) {
    return firstMissing(found, from, to);
  }

  @Override
  void addCounts(EventMeter other) {
    durations.add(((PairMeter) other).durations);
  }

  Durations durations() {
    return durations;
  }
}
