package besser.metrics.measure;

import besser.metrics.LinkEnd;
import besser.metrics.Source;
import besser.metrics.WindowFigures;
import besser.metrics.match.AddressNames;
import besser.trace.EventCatalogue;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run being measured. Give it the streams there are, whole or as they come; each sink is for
 * one thread at a time, different sinks may be fed in parallel. A stream that is never asked for
 * counts as not captured, one that is asked for and stays empty as captured and empty. Then take
 * {@link #figures}.
 */
public final class Measurement {
  private final Instruments instruments;
  private final Timeline timeline;
  private final List<EventTally> eventTallies = new ArrayList<>();
  private final List<Map<String, EventMeter>> eventMeters = new ArrayList<>();
  private Optional<Profiled> profiled = Optional.empty();
  private final Map<Source.End, ByteMeter> bytes = new EnumMap<>(Source.End.class);
  private Optional<LinkMeter> link = Optional.empty();
  private Optional<Map<String, List<SeriesMeter>>> environment = Optional.empty();

  /** The profile's meters and the sink that feeds them. */
  record Profiled(SampleTally tally, Map<String, SampleMeter> meters) {}

  Measurement(Instruments instruments, Timeline timeline) {
    this.instruments = instruments;
    this.timeline = timeline;
  }

  /** Reads all events of a source: each CPU for itself where the metrics allow it. */
  public void read(EventSource source) {
    if (instruments.needsTimeOrder() || source.cpus().isEmpty()) {
      readMerged(source);
    } else {
      AddressNames names = AddressNames.of(source.symbols());
      EventCatalogue catalogue = source.catalogue();
      source.readEachCpu(cpu -> events(catalogue, names));
    }
  }

  void readMerged(EventSource source) {
    source.readInTimeOrder(events(source.catalogue(), AddressNames.of(source.symbols())));
  }

  /** Reads all samples of a source. */
  public void read(SampleSource source) {
    source.readSamples(samples());
  }

  /**
   * A sink for one stream of events: of one CPU, or of all in time order. When {@link
   * Instruments#needsTimeOrder} there should be only one.
   *
   * @param catalogue the formats known to be recorded; others are taken as they come
   * @param names what function pointers are named by
   */
  public synchronized EventSink events(EventCatalogue catalogue, AddressNames names) {
    Map<String, EventMeter> meters = Meters.ofEvents(instruments, timeline);
    EventTally tally =
        new EventTally(meters.values().stream().distinct().toList(), names, timeline);
    catalogue.formats().forEach(tally::bind);
    eventMeters.add(meters);
    eventTallies.add(tally);
    return tally;
  }

  /** The sink for CPU samples; the same each time. */
  public synchronized SampleSink samples() {
    if (profiled.isEmpty()) {
      Map<String, SampleMeter> meters = Meters.ofSamples(instruments, timeline);
      profiled =
          Optional.of(
              new Profiled(new SampleTally(List.copyOf(meters.values()), timeline), meters));
    }
    return profiled.get().tally();
  }

  /** The sink for the bytes that one end counts; the same each time. */
  public synchronized ByteSink bytes(Source.End end) {
    return bytes.computeIfAbsent(end, ignored -> new ByteMeter(timeline));
  }

  /** The sink for the kernel log; the same each time. */
  public synchronized LogSink kernelLog() {
    if (link.isEmpty()) {
      link = Optional.of(new LinkMeter(instruments.linkDeath()));
    }
    return link.get();
  }

  /** The sink for the environment's series. */
  public synchronized EnvironmentSink environment() {
    if (environment.isEmpty()) {
      environment = Optional.of(Meters.ofSeries(instruments, timeline));
    }
    Map<String, List<SeriesMeter>> meters = environment.get();
    return (series, timeNanos, value) -> {
      List<SeriesMeter> perWindow = meters.get(series);
      int window = perWindow == null ? -1 : timeline.windowAt(timeNanos);
      if (perWindow != null && window >= 0) {
        perWindow.get(window).value(timeNanos, value);
      }
    };
  }

  /**
   * Ends a window that was begun with an open end, at an instant rather than with the last event.
   * Windows of known length stay as they are.
   */
  public synchronized void endAt(long nanos) {
    timeline.end(nanos - 1);
  }

  /** The figures of every window, in the order of the windows. No sink may be in use. */
  public synchronized List<WindowFigures> figures() {
    eventTallies.forEach(EventTally::settle);
    timeline.end(lastNanos());
    FigureMaker maker =
        new FigureMaker(
            instruments, timeline, addedUp(), gaps(), profiled, bytes, link, environment);
    List<WindowFigures> all = new ArrayList<>();
    for (int i = 0; i < timeline.windows().size(); i++) {
      all.add(maker.figures(i));
    }
    return all;
  }

  /**
   * How the link died in a window; empty when it lived, had died before, or no kernel log was
   * given.
   *
   * @param window the window's place among the windows, from 0
   */
  public synchronized Optional<LinkEnd> linkEnd(int window) {
    return link.flatMap(
        meter -> meter.end(timeline, window, Optional.ofNullable(bytes.get(Source.End.RECEIVER))));
  }

  private Optional<Map<String, EventMeter>> addedUp() {
    if (eventMeters.isEmpty()) {
      return Optional.empty();
    }
    Map<String, EventMeter> total = Meters.ofEvents(instruments, timeline);
    for (Map<String, EventMeter> stream : eventMeters) {
      Set<EventMeter> added = new HashSet<>();
      stream.forEach(
          (metric, meter) -> {
            EventMeter sum = total.get(metric);
            if (sum != null && added.add(meter)) {
              sum.add(meter);
            }
          });
    }
    return Optional.of(total);
  }

  /** When the last of all came. */
  private long lastNanos() {
    long last = profiled.map(all -> all.tally().lastNanos()).orElse(Long.MIN_VALUE);
    for (EventTally tally : eventTallies) {
      last = Math.max(last, tally.lastNanos());
    }
    for (ByteMeter meter : bytes.values()) {
      last = Math.max(last, meter.lastNanos(0));
    }
    return last;
  }

  private Gaps gaps() {
    Gaps all = new Gaps(timeline);
    eventTallies.forEach(tally -> all.add(tally.gaps()));
    return all;
  }
}
