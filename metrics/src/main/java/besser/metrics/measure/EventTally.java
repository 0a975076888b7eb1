package besser.metrics.measure;

import besser.metrics.match.AddressNames;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import java.util.Arrays;
import java.util.List;

/** One stream of events on its way through the meters. */
final class EventTally implements EventSink {
  /** What the events of one format mean to the meters. */
  private static final class Concern {
    private final CountingHandler[] counting;
    private final EventHandler[] others;

    Concern(List<EventHandler> handlers) {
      counting =
          handlers.stream()
              .filter(CountingHandler.class::isInstance)
              .toArray(CountingHandler[]::new);
      others =
          handlers.stream()
              .filter(handler -> !(handler instanceof CountingHandler))
              .toArray(EventHandler[]::new);
    }

    boolean isNobodys() {
      return counting.length + others.length == 0;
    }

    void handle(Event event, int bin) {
      // Most events are only counted, which needs no call through an interface.
      for (CountingHandler handler : counting) {
        handler.counts().increment(bin);
      }
      for (EventHandler handler : others) {
        handler.handle(event, bin);
      }
    }
  }

  private final List<EventMeter> meters;
  private final AddressNames names;
  private final Timeline.Cursor cursor;
  private final Gaps gaps;
  private EventFormat[] formats = {};
  private Concern[] concerns = {};
  private long lastNanos = Long.MIN_VALUE;

  EventTally(List<EventMeter> meters, AddressNames names, Timeline timeline) {
    this.meters = List.copyOf(meters);
    this.names = names;
    this.cursor = timeline.cursor();
    this.gaps = new Gaps(timeline);
  }

  @Override
  public void event(Event event) {
    EventFormat format = event.format();
    int id = format.id();
    Concern concern = id < formats.length && formats[id] == format ? concerns[id] : concern(format);
    lastNanos = event.timeNanos();
    if (concern.isNobodys()) {
      return;
    }
    concern.handle(event, cursor.bin(lastNanos));
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
    if (id >= formats.length) {
      formats = Arrays.copyOf(formats, Math.max(id + 1, 2 * formats.length));
      concerns = Arrays.copyOf(concerns, formats.length);
    }
    List<EventHandler> concerned =
        meters.stream().flatMap(meter -> meter.bind(format, names).stream()).toList();
    formats[id] = format;
    concerns[id] = new Concern(concerned);
    return concerns[id];
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
