package besser.rig.real;

import besser.metrics.SecondSeries;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import besser.metrics.match.AddressNames;
import besser.metrics.measure.Instruments;
import besser.metrics.measure.Measurement;
import besser.rig.run.LiveStep;
import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.record.RecordingException;
import besser.trace.record.SpoolTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Counts what a running step has captured so far, as far as it is asked to. */
final class LiveCapture implements AutoCloseable {
  /** A CPU without an event for so long is quiet; others are waited for. */
  private static final long QUIET_NANOS = 5_000_000_000L;

  /** Rates are of so many whole seconds, so that a single one's jitter does not show. */
  private static final int RATE_SECONDS = 3;

  private final StepCapture capture;
  private final Instruments instruments;
  private final Supplier<Window> window;
  private Optional<Counted> counted = Optional.empty();
  private boolean refused;
  private Optional<LiveSymbols> symbols = Optional.empty();

  /**
   * @param instruments of the rates to count
   * @param window the step's, once it has begun
   */
  LiveCapture(StepCapture capture, Instruments instruments, Supplier<Window> window) {
    this.capture = capture;
    this.instruments = instruments;
    this.window = window;
  }

  /** A trace that is looked on at, and what has been counted since that began. */
  private static final class Counted {
    private final SpoolTail tail;
    private final Window window;
    private final Measurement measurement;
    private final Map<Integer, Stream> streams = new HashMap<>();

    Counted(SpoolTail tail, Window window, Instruments instruments) {
      this.tail = tail;
      this.window = window;
      this.measurement = instruments.measure(List.of(window));
    }

    synchronized Stream stream(int cpu) {
      return streams.computeIfAbsent(
          cpu,
          ignored ->
              new Stream(
                  measurement.events(
                      tail.source().catalogue(), AddressNames.of(tail.source().symbols()))));
    }

    /** The last second that every CPU that is not quiet has told of; empty when there is none. */
    OptionalInt lastWhole() {
      long newest = streams.values().stream().mapToLong(s -> s.lastNanos).max().orElse(0);
      long known =
          streams.values().stream()
              .mapToLong(s -> s.lastNanos)
              .filter(last -> newest - last < QUIET_NANOS)
              .min()
              .orElse(0);
      long seconds = Math.floorDiv(known - window.startNanos(), 1_000_000_000L);
      return seconds >= 1 ? OptionalInt.of(Math.toIntExact(seconds) - 1) : OptionalInt.empty();
    }

    /** The first second that was counted from its beginning. */
    int firstWhole() {
      if (!tail.hasSkipped()) return 0;
      long from = streams.values().stream().mapToLong(s -> s.firstNanos).max().orElse(0);
      return (int) Math.max(0, Math.ceilDiv(from - window.startNanos(), 1_000_000_000L));
    }
  }

  /** One CPU's events, which also tell how far it has come. */
  private static final class Stream implements EventSink {
    private final EventSink sink;
    private long firstNanos;
    private long lastNanos;

    Stream(EventSink sink) {
      this.sink = sink;
    }

    @Override
    public void event(Event event) {
      if (firstNanos == 0) firstNanos = event.timeNanos();
      lastNanos = Math.max(lastNanos, event.timeNanos());
      sink.event(event);
    }

    @Override
    public void lost(LostEvents lost) {
      sink.lost(lost);
    }
  }

  /** Counts what came since the last look; where nothing can be read, nothing is counted. */
  void look() {
    if (symbols.isEmpty()) symbols = capture.profileFiles().map(LiveSymbols::new);
    symbols.ifPresent(LiveSymbols::want);
    if (refused || !needsTrace()) return;
    try {
      if (counted.isEmpty()) counted = begin();
      if (counted.isPresent()) counted.get().tail.read(counted.get()::stream);
    } catch (RecordingException | IOException | UncheckedIOException e) {
      // The recording ended, or the device is lost; the step tells which.
      refused = true;
    }
  }

  private boolean needsTrace() {
    return !instruments.requirements().events().isEmpty()
        || !instruments.requirements().probes().isEmpty();
  }

  private Optional<Counted> begin() throws RecordingException {
    Optional<SpoolTail> tail = capture.lookOn();
    if (tail.isEmpty()) refused = true;
    Window now = window.get();
    return tail.map(t -> new Counted(t, now, instruments));
  }

  /** The plan's rates over the newest whole seconds. */
  List<LiveStep.Rate> rates() {
    if (counted.isEmpty() || counted.get().lastWhole().isEmpty()) return List.of();
    int last = counted.get().lastWhole().getAsInt();
    int first = Math.max(counted.get().firstWhole(), last - RATE_SECONDS + 1);
    if (first > last) return List.of();
    WindowFigures figures = counted.get().measurement.figures().getFirst();
    return figures.series().stream()
        .filter(series -> series.size() > last)
        .map(series -> rate(series, first, last))
        .toList();
  }

  private static LiveStep.Rate rate(SecondSeries series, int first, int last) {
    double sum = 0;
    for (int second = first; second <= last; second++) sum += series.value(second);
    double mean = Math.rint(sum / (last - first + 1) * 10) / 10;
    return new LiveStep.Rate(series.metric(), mean, series.unit().symbol());
  }

  List<LiveStep.Symbol> symbols() {
    return symbols.map(LiveSymbols::top).orElse(List.of());
  }

  long samples() {
    return symbols.map(LiveSymbols::samples).orElse(0L);
  }

  @Override
  public void close() {
    symbols.ifPresent(LiveSymbols::close);
  }
}
