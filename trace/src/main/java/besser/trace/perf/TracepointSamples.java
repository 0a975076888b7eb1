package besser.trace.perf;

import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Hands the samples of tracepoints on as events, and leaves out all others. */
final class TracepointSamples implements SampleSink {
  private final String file;
  private final PerfEvents events;
  private final IssueCounts issues;
  private final IntFunction<? extends EventSink> sinkOfCpu;
  private final Map<Integer, EventSink> sinks = new HashMap<>();
  private final Map<Integer, EventFormat> formatOfEvent = new HashMap<>();
  private @Nullable TracepointEvent cursor;

  /**
   * @param sinkOfCpu asked once for each CPU
   */
  TracepointSamples(
      String file,
      PerfEvents events,
      IssueCounts issues,
      IntFunction<? extends EventSink> sinkOfCpu) {
    this.file = file;
    this.events = events;
    this.issues = issues;
    this.sinkOfCpu = sinkOfCpu;
  }

  @Override
  public void sample(Sample sample) {
    PerfSample detailed = (PerfSample) sample;
    boolean tracepoint = detailed.event().attr().type() == PerfAttr.TYPE_TRACEPOINT;
    if (!tracepoint || detailed.body().rawBytes() == 0) {
      return;
    }
    EventFormat format =
        formatOfEvent.computeIfAbsent(
            detailed.event().index(), ignored -> formatOf(detailed.event()));
    if (format.fields().isEmpty() && format.commonFields().isEmpty()) {
      issues.add(Issue.UNKNOWN_EVENT, file + ": " + format.qualifiedName());
    }
    TracepointEvent event = cursor;
    if (event == null) {
      event = new TracepointEvent(file, issues, format, detailed);
      cursor = event;
    }
    event.moveTo(detailed, format);
    sink(event.cpu()).event(event);
  }

  private EventFormat formatOf(PerfEvent event) {
    int id = (int) (event.attr().config() & 0xffff);
    return events
        .catalogue()
        .find(id)
        .orElseGet(() -> new EventFormat(id, "unknown", "event_" + id, List.of(), List.of(), ""));
  }

  private EventSink sink(int cpu) {
    return sinks.computeIfAbsent(cpu, sinkOfCpu::apply);
  }

  @Override
  public void lost(LostEvents lost) {
    sink(lost.cpu()).lost(lost);
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    // tracepoints are not sampled by a clock that could be paused
  }
}
