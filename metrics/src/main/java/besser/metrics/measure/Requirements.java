package besser.metrics.measure;

import besser.metrics.CaptureKind;
import besser.metrics.KernelProbe;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be recorded for a set of metrics.
 *
 * @param events trace events, {@code system:name}, each of which must exist
 * @param optionalEvents trace events that make figures better where the kernel has them
 * @param probes functions whose entries must be probed
 * @param captures kinds of capture
 */
public record Requirements(
    Set<String> events,
    Set<String> optionalEvents,
    Set<KernelProbe> probes,
    Set<CaptureKind> captures) {

  public Requirements {
    events = Set.copyOf(events);
    optionalEvents = Set.copyOf(optionalEvents);
    probes = Set.copyOf(probes);
    captures = Set.copyOf(captures);
  }

  static Requirements of(List<MetricDefinition> definitions, Source frames) {
    Set<String> events = new LinkedHashSet<>();
    Set<String> optional = new LinkedHashSet<>();
    Set<KernelProbe> probes = new LinkedHashSet<>();
    Set<CaptureKind> captures = EnumSet.noneOf(CaptureKind.class);
    for (MetricDefinition definition : definitions) {
      collect(definition.source(), frames, events, optional, probes);
      definition.source().capture().ifPresent(captures::add);
      if (perFrame(definition.source())) {
        captures.add(CaptureKind.TRACE);
      }
    }
    return new Requirements(events, optional, probes, captures);
  }

  private static void collect(
      Source source,
      Source frames,
      Set<String> events,
      Set<String> optional,
      Set<KernelProbe> probes) {
    switch (source) {
      case Source.EventRate rate -> events.add(rate.event());
      case Source.FunctionRate rate -> probes.add(KernelProbe.of(rate.function()));
      case Source.PairedDuration pair -> events.addAll(List.of(pair.from(), pair.to()));
      case Source.RunQueueWait wait -> {
        events.addAll(List.of(RunQueueMeter.WAKEUP, RunQueueMeter.SWITCH));
        optional.add(RunQueueMeter.WAKEUP_NEW);
      }
      case Source.LockRate rate -> {
        switch (rate.aspect()) {
          case ACQUISITIONS -> events.add(LockCountMeter.ACQUIRE);
          case CONTENTIONS -> {
            events.add(LockCountMeter.CONTENTION_BEGIN);
            optional.addAll(List.of(LockCountMeter.CONTENDED, LockCountMeter.ACQUIRE));
          }
        }
      }
      case Source.LockWait wait -> {
        events.addAll(List.of(LockCountMeter.CONTENTION_BEGIN, LockWaitMeter.END));
        optional.add(LockCountMeter.ACQUIRE);
      }
      case Source.WakeRate rate -> {
        probes.add(KernelProbe.WAKE_UP);
        if (rate.from().isPresent()) {
          events.addAll(List.of(WakeMeter.EXECUTE_START, WakeMeter.EXECUTE_END));
        }
      }
      case Source.CpuTime time -> {}
      case Source.Goodput goodput -> {}
      case Source.SampleShare share -> {}
      case Source.Series series -> {}
      case Source.Link link -> {}
      case Source.Ratio ratio -> {}
      case Source.Spread spread -> {}
    }
    if (perFrame(source)) {
      collect(frames, frames, events, optional, probes);
    }
  }

  static boolean perFrame(Source source) {
    return switch (source) {
      case Source.EventRate rate -> rate.per() == Source.Per.FRAME;
      case Source.FunctionRate rate -> rate.per() == Source.Per.FRAME;
      case Source.LockRate rate -> rate.per() == Source.Per.FRAME;
      case Source.WakeRate rate -> rate.per() == Source.Per.FRAME;
      case Source.CpuTime time -> time.per() == Source.Per.FRAME;
      case Source.PairedDuration pair -> false;
      case Source.RunQueueWait wait -> false;
      case Source.LockWait wait -> false;
      case Source.Goodput goodput -> false;
      case Source.SampleShare share -> false;
      case Source.Series series -> false;
      case Source.Link link -> false;
      case Source.Ratio ratio -> false;
      case Source.Spread spread -> false;
    };
  }
}
