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
  private static final EventHandler[] NONE = {};

  private final List<EventMeter> meters;
  private final AddressNames names;
  private final Timeline.Cursor cursor;
  private final Gaps gaps;
  private EventFormat[] formats = {};
  private EventHandler[][] handlers = {};
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
    EventHandler[] concerned =
        id < formats.length && formats[id] == format ? handlers[id] : bind(format);
    lastNanos = event.timeNanos();
    if (concerned.length == 0) {
      return;
    }
    int bin = cursor.bin(lastNanos);
    for (EventHandler handler : concerned) {
      handler.handle(event, bin);
    }
  }

  @Override
  public void lost(LostEvents lost) {
    gaps.add(Math.min(lastNanos, lost.timeNanos()), lost);
    meters.forEach(EventMeter::lost);
  }

  /** Makes the meters look at a format before its first event, if there ever is one. */
  EventHandler[] bind(EventFormat format) {
    int id = format.id();
    if (id >= formats.length) {
      formats = Arrays.copyOf(formats, Math.max(id + 1, 2 * formats.length));
      handlers = Arrays.copyOf(handlers, formats.length);
    }
    EventHandler[] concerned =
        meters.stream()
            .flatMap(meter -> meter.bind(format, names).stream())
            .toArray(EventHandler[]::new);
    formats[id] = format;
    handlers[id] = concerned.length == 0 ? NONE : concerned;
    return handlers[id];
  }

  List<EventMeter> meters() {
    return meters;
  }

  Gaps gaps() {
    return gaps;
  }
}
