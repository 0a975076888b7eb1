package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.KernelProbe;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The meters that metrics need, made from their sources. */
final class Meters {
  /** The name of the meter of delivered frames; no metric can have it. */
  static final String FRAMES = "";

  private Meters() {}

  /**
   * The event meters of the metrics that need one, by metric id. Metrics that differ only in the
   * percentile they take have the same one.
   */
  static Map<String, EventMeter> ofEvents(Instruments instruments, Timeline timeline) {
    Map<String, EventMeter> meters = new LinkedHashMap<>();
    Map<Pair, EventMeter> pairs = new HashMap<>();
    boolean perFrame = false;
    for (MetricDefinition definition : instruments.definitions()) {
      Optional<EventMeter> meter =
          definition.source() instanceof Source.PairedDuration pair
              ? Optional.of(pairs.computeIfAbsent(Pair.of(pair), of -> of.meter(timeline)))
              : ofEvents(definition.source(), timeline);
      meter.ifPresent(made -> meters.put(definition.id(), made));
      perFrame |= Requirements.perFrame(definition.source());
    }
    if (perFrame) {
      ofEvents(instruments.frames(), timeline).ifPresent(meter -> meters.put(FRAMES, meter));
    }
    return meters;
  }

  /** Which events make a duration. */
  private record Pair(String from, String to, String key, Optional<Filter> where) {
    static Pair of(Source.PairedDuration duration) {
      return new Pair(duration.from(), duration.to(), duration.key(), duration.where());
    }

    PairMeter meter(Timeline timeline) {
      return new PairMeter(from, to, PairKey.parse(key), where, timeline);
    }
  }

  private static Optional<EventMeter> ofEvents(Source source, Timeline timeline) {
    return switch (source) {
      case Source.EventRate rate ->
          Optional.of(new CountMeter(rate.event(), rate.where(), timeline));
      case Source.FunctionRate rate ->
          Optional.of(new FunctionMeter(KernelProbe.of(rate.function()), rate.where(), timeline));
      case Source.PairedDuration pair -> Optional.of(Pair.of(pair).meter(timeline));
      case Source.RunQueueWait wait ->
          Optional.of(new RunQueueMeter(wait.after(), wait.thread(), timeline));
      case Source.LockRate rate ->
          Optional.of(new LockCountMeter(rate.lock(), rate.aspect(), timeline));
      case Source.LockWait wait -> Optional.of(new LockWaitMeter(wait.lock(), timeline));
      case Source.WakeRate rate ->
          Optional.of(new WakeMeter(rate.waitQueue(), rate.from(), timeline));
      case Source.CpuTime time -> Optional.empty();
      case Source.Goodput goodput -> Optional.empty();
      case Source.SampleShare share -> Optional.empty();
      case Source.Series series -> Optional.empty();
      case Source.Link link -> Optional.empty();
      case Source.Ratio ratio -> Optional.empty();
      case Source.Spread spread -> Optional.empty();
    };
  }

  /** One sample meter per metric that needs one, by metric id. */
  static Map<String, SampleMeter> ofSamples(Instruments instruments, Timeline timeline) {
    Map<String, SampleMeter> meters = new LinkedHashMap<>();
    for (MetricDefinition definition : instruments.definitions()) {
      if (definition.source() instanceof Source.SampleShare share) {
        FrameTest test = new FrameTest(share.match(), share.name());
        meters.put(definition.id(), new SampleMeter(test, share.of(), share.thread(), timeline));
      } else if (definition.source() instanceof Source.CpuTime time) {
        FrameTest test = new FrameTest(time.match(), time.name());
        meters.put(
            definition.id(),
            new SampleMeter(test, Source.Denominator.NON_IDLE, Optional.empty(), timeline));
      }
    }
    return meters;
  }

  /** One list of series meters, a meter per window, for each series that some metric reads. */
  static Map<String, List<SeriesMeter>> ofSeries(Instruments instruments, Timeline timeline) {
    Map<String, List<SeriesMeter>> meters = new LinkedHashMap<>();
    for (MetricDefinition definition : instruments.definitions()) {
      if (definition.source() instanceof Source.Series series) {
        List<SeriesMeter> perWindow = new ArrayList<>();
        timeline.windows().forEach(window -> perWindow.add(new SeriesMeter()));
        meters.put(series.name(), perWindow);
      }
    }
    return meters;
  }
}
