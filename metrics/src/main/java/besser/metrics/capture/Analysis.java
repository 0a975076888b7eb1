package besser.metrics.capture;

import besser.metrics.CaptureKind;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.measure.Instruments;
import besser.metrics.measure.Measurement;
import besser.metrics.table.EventTable;
import besser.metrics.table.FunctionCounter;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import besser.trace.dat.CpuStats;
import besser.trace.recording.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is to be computed from captures: figures of metrics, by window, and tables. Each stream of a
 * capture is read once for all of them; memory stays flat.
 */
public final class Analysis {
  /** What the only window of a capture without windows is called. */
  public static final String WHOLE = "whole";

  private final Instruments instruments;
  private final boolean anyMetric;
  private final Set<TableKind> tables;
  private final List<Step> steps;
  private final Source.Denominator of;

  /**
   * @param metrics those of kinds that a capture does not hold come out as missing
   * @param tables which tables to make, as far as the capture holds what they are of
   * @param steps what to give figures for; when there are none, the capture's own windows, or all
   *     of it
   * @param of which samples make the whole in the table of functions
   */
  public Analysis(
      List<MetricDefinition> metrics,
      Set<TableKind> tables,
      List<Step> steps,
      Source.Denominator of) {
    this.instruments = Instruments.of(metrics);
    this.anyMetric = !metrics.isEmpty();
    this.tables = Set.copyOf(tables);
    this.steps = steps.stream().sorted(Comparator.comparing(Step::from)).toList();
    this.of = of;
  }

  /** What must be recorded for the metrics. */
  public besser.metrics.measure.Requirements requirements() {
    return instruments.requirements();
  }

  /**
   * Reads a capture.
   *
   * @throws TraceFormatException when it is damaged in its structure
   */
  public CaptureFigures of(Capture capture) throws IOException {
    Optional<Measurement> measurement = anyMetric ? Optional.of(begin(capture)) : Optional.empty();
    Set<CaptureKind> kinds = capture.kinds();
    Set<TableKind> possible = EnumSet.noneOf(TableKind.class);
    tables.stream().filter(table -> kinds.contains(table.captureKind())).forEach(possible::add);
    EventPass events = eventPass(possible, measurement);
    if (capture.events().isPresent() && (anyMetric || of(possible, CaptureKind.TRACE))) {
      events.read(capture.events().get());
    }
    Optional<FunctionCounter> functions =
        possible.contains(TableKind.FUNCTIONS)
            ? Optional.of(new FunctionCounter(of))
            : Optional.empty();
    if (capture.samples().isPresent() && (anyMetric || functions.isPresent())) {
      new SamplePass(measurement, functions).read(capture.samples().get());
    }
    if (measurement.isPresent()) {
      capture.readTables(measurement.get());
    }
    return figures(capture, possible, measurement, events, functions);
  }

  /** Begins a reading of events that are handed over while they happen. */
  public LiveAnalysis live() {
    Set<TableKind> possible = EnumSet.noneOf(TableKind.class);
    tables.stream()
        .filter(table -> table.captureKind() == CaptureKind.TRACE)
        .forEach(possible::add);
    return new LiveAnalysis(this, possible);
  }

  boolean needsTimeOrder(Set<TableKind> possible) {
    return eventPass(possible, Optional.empty()).needsTimeOrder()
        || (anyMetric && instruments.needsTimeOrder());
  }

  private static boolean of(Set<TableKind> tables, CaptureKind kind) {
    return tables.stream().anyMatch(table -> table.captureKind() == kind);
  }

  EventPass eventPass(Set<TableKind> possible, Optional<Measurement> measurement) {
    return new EventPass(possible, measurement, instruments.needsTimeOrder());
  }

  private Measurement begin(Capture capture) {
    if (steps.isEmpty() && !capture.windows().isEmpty()) {
      return instruments.measure(capture.windows());
    }
    OptionalLong start = capture.startNanos();
    return begin(start.orElse(0));
  }

  /** A measurement that starts now, on the monotonic clock. */
  Optional<Measurement> beginNow() {
    return anyMetric ? Optional.of(begin(System.nanoTime())) : Optional.empty();
  }

  private Measurement begin(long startNanos) {
    if (steps.isEmpty()) {
      return instruments.measureFrom(WHOLE, startNanos);
    }
    List<Window> windows = steps.stream().map(step -> step.after(startNanos)).toList();
    return instruments.measure(windows);
  }

  private CaptureFigures figures(
      Capture capture,
      Set<TableKind> possible,
      Optional<Measurement> measurement,
      EventPass events,
      Optional<FunctionCounter> functions) {
    List<String> remarks = new ArrayList<>();
    for (Recording recording : capture.recordings()) {
      if (!recording.leftOut().isEmpty()) {
        remarks.add(
            "left out are the events of other buffers, which --buffer NAME reads: "
                + String.join(", ", recording.leftOut()));
      }
      remarks.addAll(remarks(recording.issues()));
      remarks.addAll(lost(recording.stats()));
    }
    return new CaptureFigures(
        capture.name(),
        capture.recordings().stream().map(Recording::form).toList(),
        capture.events().map(source -> source.clock()).orElse("that of the profile"),
        measurement.map(Measurement::figures).orElse(List.of()),
        possible.contains(TableKind.EVENTS)
            ? Optional.of(EventTable.of(events.counters()))
            : Optional.empty(),
        functions.map(FunctionCounter::table),
        events.work().map(counter -> counter.table()),
        events.locks().map(counter -> counter.table()),
        remarks);
  }

  static List<String> remarks(IssueCounts issues) {
    List<String> sentences = new ArrayList<>();
    for (Map.Entry<Issue, Long> met : issues.counts().entrySet()) {
      sentences.add(
          "%,d × %s, first at %s"
              .formatted(
                  met.getValue(), met.getKey().description(), issues.firstPlace(met.getKey())));
    }
    return sentences;
  }

  /** What the kernel says it lost, by CPU. */
  static List<String> lost(List<CpuStats> stats) {
    return stats.stream()
        .filter(cpu -> cpu.lost() > 0)
        .map(cpu -> "the kernel lost %,d events on cpu %d".formatted(cpu.lost(), cpu.cpu()))
        .toList();
  }
}
