package besser.metrics.measure;

import besser.metrics.match.AddressNames;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventInterest;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream of events on its way through the meters. */
final class EventTally implements EventSink {
  /** What the events of one format mean to the meters. */
  private static final class Concern {
    private final EventFormat format;
    private final Bins[] counts;
    private final EventHandler[] others;
    private final Optional<WorkGate> gate;

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
    }

    boolean isNobodys() {
      return counts.length == 0 && others.length == 0;
    }

    void handle(Event event, int bin) {
      // Most events are only counted, which needs no call through an interface.
      count(bin);
      if (gate.isEmpty() || gate.get().isWanted(event)) {
        look(event, bin);
      }
    }

    void look(Event event, int bin) {
      for (EventHandler handler : others) {
        handler.handle(event, bin);
      }
    }

    /** Whether any handler wants events of the same object as this one. */
    boolean wantsObjectOf(Event event) {
      return Arrays.stream(others)
          .anyMatch(
              handler ->
                  !(handler instanceof ObjectHandler ofObjects) || ofObjects.wanted().test(event));
    }

    void count(int bin) {
      for (Bins count : counts) {
        count.increment(bin);
      }
    }
  }

  private final List<EventMeter> meters;
  private final AddressNames names;
  private final Timeline timeline;
  private final Timeline.Cursor cursor;
  private final List<InstantCount> instants = new ArrayList<>();
  private final Gaps gaps;
  private @Nullable Concern[] concerns = {};
  private long lastNanos = Long.MIN_VALUE;

  EventTally(List<EventMeter> meters, AddressNames names, Timeline timeline) {
    this.meters = List.copyOf(meters);
    this.names = names;
    this.timeline = timeline;
    this.cursor = timeline.cursor();
    this.gaps = new Gaps(timeline);
  }

  @Override
  public void event(Event event) {
    Concern concern = concern(event.format());
    lastNanos = event.timeNanos();
    if (!concern.isNobodys()) {
      concern.handle(event, cursor.bin(lastNanos));
    }
  }

  @Override
  public EventInterest interest(EventFormat format) {
    Concern concern = concern(format);
    return new EventInterest(
        concern.counts.length == 0 ? Optional.empty() : Optional.of(instantsOf(concern)),
        concern.others.length == 0
            ? Optional.empty()
            : Optional.of(
                new EventInterest.Wanted(event -> look(concern, event), concern::wantsObjectOf)));
  }

  private InstantCount instantsOf(Concern concern) {
    InstantCount count = new InstantCount(timeline, concern.counts);
    instants.add(count);
    return count;
  }

  private void look(Concern concern, Event event) {
    lastNanos = event.timeNanos();
    concern.look(event, cursor.bin(lastNanos));
  }

  @Override
  public void lost(LostEvents lost) {
    gaps.add(Math.min(lastNanos(), lost.timeNanos()), lost);
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

  /** Brings the meters up to date. */
  void settle() {
    instants.forEach(InstantCount::settle);
  }

  long lastNanos() {
    long last = lastNanos;
    for (InstantCount count : instants) {
      last = Math.max(last, count.lastNanos());
    }
    return last;
  }

  Gaps gaps() {
    return gaps;
  }
}
