package besser.metrics.measure;

import besser.metrics.CaptureKind;
import besser.metrics.KernelProbe;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.match.LockName;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What must be recorded for a set of metrics.
 *
 * @param events trace events, {@code system:name}, each of which must exist
 * @param optionalEvents trace events that make figures better where the kernel has them
 * @param probes functions whose entries must be probed
 * @param captures kinds of capture
 * @param locks whose acquisitions are needed; empty when those of all are
 */
public record Requirements(
    Set<String> events,
    Set<String> optionalEvents,
    Set<KernelProbe> probes,
    Set<CaptureKind> captures,
    Optional<Set<String>> locks) {

  public Requirements {
    events = Set.copyOf(events);
    optionalEvents = Set.copyOf(optionalEvents);
    probes = Set.copyOf(probes);
    captures = Set.copyOf(captures);
    locks = locks.map(Set::copyOf);
  }

  /** Whether the acquisitions of a lock are needed, by the name that lockdep gives its class. */
  public boolean needsLock(String className) {
    return locks.isEmpty()
        || locks.get().stream().anyMatch(lock -> LockName.of(lock).matches(className));
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
    return new Requirements(events, optional, probes, captures, locks(definitions, frames));
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

  /** The locks that metrics name; empty when one is about the acquisitions of all. */
  private static Optional<Set<String>> locks(List<MetricDefinition> definitions, Source frames) {
    Set<String> locks = new LinkedHashSet<>();
    boolean all = isOfEvery(frames);
    for (MetricDefinition definition : definitions) {
      switch (definition.source()) {
        case Source.LockRate rate -> locks.add(rate.lock());
        case Source.LockWait wait -> locks.add(wait.lock());
        default -> all |= isOfEvery(definition.source());
      }
    }
    return all ? Optional.empty() : Optional.of(locks);
  }

  private static boolean isOfEvery(Source source) {
    return switch (source) {
      case Source.EventRate rate -> rate.event().equals(LockCountMeter.ACQUIRE);
      case Source.PairedDuration pair ->
          pair.from().equals(LockCountMeter.ACQUIRE) || pair.to().equals(LockCountMeter.ACQUIRE);
      default -> false;
    };
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
