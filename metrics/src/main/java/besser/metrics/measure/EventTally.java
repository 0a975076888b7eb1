package besser.metrics.measure;

import besser.metrics.match.AddressNames;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One stream of events on its way through the meters. */
final class EventTally implements EventSink {
  /** What the events of one format mean to the meters. */
  private static final class Concern {
    private final EventFormat format;
    private final Bins[] counts;
    private final EventHandler[] others;
    private final Optional<WorkGate> gate;
    private final boolean nobodys;

    Concern(EventFormat format, List<EventHandler> handlers) {
      this.format = format;
      this.counts =
          handlers.stream()
              .filter(CountingHandler.class::isInstance)
              .map(handler -> ((CountingHandler) handler).counts())
              .toArray(Bins[]::new);
      List<EventHandler> lookingCloser =
          handlers.stream().filter(handler -> !(handler instanceof CountingHandler)).toList();
      this.others = lookingCloser.toArray(EventHandler[]::new);
      this.gate = WorkGate.of(format, lookingCloser);
      this.nobodys = handlers.isEmpty();
    }

    void handle(Event event, int bin) {
      // Most events are only counted, which needs no call through an interface.
      count(bin);
      if (gate.isPresent() && !gate.get().isWanted(event)) {
        return;
      }
      for (EventHandler handler : others) {
        handler.handle(event, bin);
      }
    }

    void count(int bin) {
      for (Bins count : counts) {
        count.increment(bin);
      }
    }
  }

  private final List<EventMeter> meters;
  private final AddressNames names;
  private final Timeline.Cursor cursor;
  private final Gaps gaps;
  private @Nullable Concern[] concerns = {};
  private long lastNanos = Long.MIN_VALUE;

  EventTally(List<EventMeter> meters, AddressNames names, Timeline timeline) {
    this.meters = List.copyOf(meters);
    this.names = names;
    this.cursor = timeline.cursor();
    this.gaps = new Gaps(timeline);
  }

  @Override
  public void event(Event event) {
    Concern concern = concern(event.format());
    lastNanos = event.timeNanos();
    if (!concern.nobodys) {
      concern.handle(event, cursor.bin(lastNanos));
    }
  }

  @Override
  public Optional<LongConsumer> instants(EventFormat format) {
    Concern concern = concern(format);
    if (concern.others.length > 0) {
      return Optional.empty();
    }
    return Optional.of(
        nanos -> {
          lastNanos = nanos;
          concern.count(cursor.bin(nanos));
        });
  }

  @Override
  public void lost(LostEvents lost) {
    gaps.add(Math.min(lastNanos, lost.timeNanos()), lost);
    meters.forEach(EventMeter::lost);
  }

  /** Makes the meters look at a format before its first event, if there ever is one. */
  void bind(EventFormat format) {
    concern(format);
  }

  private Concern concern(EventFormat format) {
    int id = format.id();
    Concern known = id < concerns.length ? concerns[id] : null;
    return known != null && known.format == format ? known : newConcern(format);
  }

  private Concern newConcern(EventFormat format) {
    int id = format.id();
    if (id >= concerns.length) {
      concerns = Arrays.copyOf(concerns, Math.max(id + 1, 2 * concerns.length));
    }
    List<EventHandler> concerned =
        meters.stream().flatMap(meter -> meter.bind(format, names).stream()).toList();
    Concern concern = new Concern(format, concerned);
    concerns[id] = concern;
    return concern;
  }

  List<EventMeter> meters() {
    return meters;
  }

  long lastNanos() {
    return lastNanos;
  }

  Gaps gaps() {
    return gaps;
  }
}
