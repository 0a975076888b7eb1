package besser.metrics.capture;

import besser.metrics.match.AddressNames;
import besser.metrics.measure.Measurement;
import besser.metrics.table.EventTable;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.dat.CpuStats;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Figures and tables of events while they are recorded; nothing is stored. */
public final class LiveAnalysis {
  private final Analysis analysis;
  private final Set<TableKind> tables;
  private Optional<Measurement> measurement = Optional.empty();
  private EventPass events;
  private Optional<EventSource> source = Optional.empty();

  LiveAnalysis(Analysis analysis, Set<TableKind> tables) {
    this.analysis = analysis;
    this.tables = Set.copyOf(tables);
    this.events = analysis.eventPass(this.tables, measurement);
  }

  /** Starts a recording whose events come here, merged by time only where that is needed. */
  public void start(Recorder recorder) throws RecordingException {
    if (analysis.needsTimeOrder(tables)) {
      recorder.startLiveInOrder(from -> inOrder(from));
    } else {
      recorder.startLive(
          from -> {
            AddressNames names = begin(from);
            return cpu -> events.sink(from, names);
          });
    }
  }

  private EventSink inOrder(EventSource from) {
    AddressNames names = begin(from);
    return events.sink(from, names);
  }

  /** Symbols take a while to read; the window starts behind that, right before tracing does. */
  private AddressNames begin(EventSource from) {
    AddressNames names = AddressNames.of(from.symbols());
    source = Optional.of(from);
    measurement = analysis.beginNow();
    events = analysis.eventPass(tables, measurement);
    return names;
  }

  /**
   * What came of it, once the recording has stopped.
   *
   * @param name what to call the capture
   * @param endNanos when the recording was stopped, on its clock
   * @param stats what the kernel says of each CPU's buffer
   */
  public CaptureFigures figures(String name, long endNanos, List<CpuStats> stats) {
    measurement.ifPresent(taken -> taken.endAt(endNanos));
    List<String> remarks = new ArrayList<>();
    source.ifPresent(from -> remarks.addAll(Analysis.remarks(from.issues())));
    remarks.addAll(Analysis.lost(stats));
    return new CaptureFigures(
        name,
        List.of("live"),
        source.map(EventSource::clock).orElse(""),
        measurement.map(Measurement::figures).orElse(List.of()),
        tables.contains(TableKind.EVENTS)
            ? Optional.of(EventTable.of(events.counters()))
            : Optional.empty(),
        Optional.empty(),
        events.work().map(counter -> counter.table()),
        events.locks().map(counter -> counter.table()),
        remarks);
  }
}
