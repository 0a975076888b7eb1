package besser.metrics.measure;

import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.SecondSeries;
import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Turns what the meters hold into figures. */
final class FigureMaker {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Instruments instruments;
  private final Timeline timeline;
  private final Optional<Map<String, EventMeter>> eventMeters;
  private final Gaps gaps;
  private final Optional<Measurement.Profiled> profiled;
  private final Map<Source.End, ByteMeter> bytes;
  private final Optional<LinkMeter> link;
  private final Optional<Map<String, List<SeriesMeter>>> environment;

  FigureMaker(
      Instruments instruments,
      Timeline timeline,
      Optional<Map<String, EventMeter>> eventMeters,
      Gaps gaps,
      Optional<Measurement.Profiled> profiled,
      Map<Source.End, ByteMeter> bytes,
      Optional<LinkMeter> link,
      Optional<Map<String, List<SeriesMeter>>> environment) {
    this.instruments = instruments;
    this.timeline = timeline;
    this.eventMeters = eventMeters;
    this.gaps = gaps;
    this.profiled = profiled;
    this.bytes = bytes;
    this.link = link;
    this.environment = environment;
  }

  /** The figures of a window; metrics over repetitions have none. */
  WindowFigures figures(int window) {
    List<Figure> figures = new ArrayList<>();
    List<SecondSeries> series = new ArrayList<>();
    for (MetricDefinition metric : instruments.definitions()) {
      if (metric.source() instanceof Source.Spread) {
        continue;
      }
      figures.add(figure(metric, window));
      if (!(figures.getLast().quality() instanceof Quality.Missing)) {
        series(metric, window).ifPresent(series::add);
      }
    }
    return new WindowFigures(timeline.windows().get(window), figures, series);
  }

  private Figure figure(MetricDefinition metric, int window) {
    return switch (metric.source()) {
      case Source.EventRate rate -> events(metric, rate.per(), window);
      case Source.FunctionRate rate -> events(metric, rate.per(), window);
      case Source.LockRate rate -> events(metric, rate.per(), window);
      case Source.WakeRate rate -> events(metric, rate.per(), window);
      case Source.PairedDuration pair -> percentile(metric, pair.percentile(), window);
      case Source.RunQueueWait wait -> percentile(metric, wait.percentile(), window);
      case Source.LockWait wait -> lockWait(metric, wait.statistic(), window);
      case Source.SampleShare share -> share(metric, window);
      case Source.CpuTime time -> cpuTime(metric, time.per(), window);
      case Source.Goodput goodput -> goodput(metric, goodput, window);
      case Source.Series series -> environment(metric, series, window);
      case Source.Link(Source.LinkAspect aspect) -> link(metric, aspect, window);
      case Source.Ratio(String of, String to) -> ratio(metric, of, to, window);
      case Source.Spread spread -> Figure.missing(metric, "a spread is computed over repetitions");
    };
  }

  private Figure events(MetricDefinition metric, Source.Per per, int window) {
    return withMeter(
        metric,
        meter -> {
          long count = timeline.sum(counts(meter, window), window);
          Quality quality = gaps.quality(window);
          return switch (per) {
            case SECOND -> Figure.of(metric, count / seconds(window), count, quality);
            case FRAME -> perFrame(metric, (double) count, count, quality, window);
          };
        });
  }

  private Figure perFrame(
      MetricDefinition metric, double amount, long weight, Quality quality, int window) {
    EventMeter meter = eventMeters.map(meters -> meters.get(Meters.FRAMES)).orElse(null);
    if (meter == null) {
      return Figure.missing(metric, "no trace was captured that frames could be counted in");
    }
    if (meter.problem().isPresent()) {
      return Figure.missing(metric, "frames cannot be counted: " + meter.problem().get());
    }
    long frames = timeline.sum(counts(meter, window), window);
    return frames == 0
        ? Figure.missing(metric, "no frame was delivered in the window")
        : Figure.of(metric, amount / frames, weight, quality.and(gaps.quality(window)));
  }

  private Figure percentile(MetricDefinition metric, double percentile, int window) {
    return withMeter(
        metric,
        meter -> {
          Histogram histogram = durations(meter).histogram(window);
          return histogram.getTotalCount() == 0
              ? Figure.missing(metric, "no pair of events ended in the window")
              : Figure.of(
                  metric,
                  histogram.getValueAtPercentile(percentile) / NANOS_PER_SECOND,
                  histogram.getTotalCount(),
                  gaps.quality(window));
        });
  }

  private Figure lockWait(MetricDefinition metric, Source.LockWaitStatistic statistic, int window) {
    return switch (statistic) {
      case MEDIAN -> percentile(metric, 50, window);
      case P99 -> percentile(metric, 99, window);
      case MAXIMUM -> percentile(metric, 100, window);
      case SHARE ->
          withMeter(
              metric,
              meter -> {
                Durations waits = durations(meter);
                double waited = timeline.sum(waits.sums(), window) / NANOS_PER_SECOND;
                return Figure.of(
                    metric,
                    waited / seconds(window),
                    waits.histogram(window).getTotalCount(),
                    gaps.quality(window));
              });
    };
  }

  /** Makes a figure from a metric's event meter if it could count at all. */
  private Figure withMeter(
      MetricDefinition metric, java.util.function.Function<EventMeter, Figure> make) {
    EventMeter meter = eventMeters.map(meters -> meters.get(metric.id())).orElse(null);
    if (meter == null) {
      return Figure.missing(metric, "no trace was captured");
    }
    return meter
        .problem()
        .map(problem -> Figure.missing(metric, problem))
        .orElseGet(() -> make.apply(meter));
  }

  private Figure share(MetricDefinition metric, int window) {
    return withSamples(
        metric,
        (tally, meter) -> {
          long whole = timeline.sum(meter.whole(), window);
          return whole == 0
              ? Figure.missing(metric, "no sample of those the share is of in the window")
              : Figure.of(
                  metric,
                  (double) timeline.sum(meter.matched(), window) / whole,
                  timeline.sum(meter.wholeCount(), window),
                  tally.gaps().quality(window));
        });
  }

  private Figure cpuTime(MetricDefinition metric, Source.Per per, int window) {
    return withSamples(
        metric,
        (tally, meter) -> {
          if (tally.noTime().isPresent()) {
            return Figure.missing(metric, tally.noTime().get());
          }
          double seconds = timeline.sum(meter.matched(), window) / NANOS_PER_SECOND;
          long weight = timeline.sum(meter.wholeCount(), window);
          Quality quality = tally.gaps().quality(window);
          return switch (per) {
            case SECOND -> Figure.of(metric, seconds / seconds(window), weight, quality);
            case FRAME -> perFrame(metric, seconds, weight, quality, window);
          };
        });
  }

  private Figure withSamples(
      MetricDefinition metric,
      java.util.function.BiFunction<SampleTally, SampleMeter, Figure> make) {
    SampleMeter meter = profiled.map(all -> all.meters().get(metric.id())).orElse(null);
    return meter == null
        ? Figure.missing(metric, "no profile was captured")
        : make.apply(profiled.orElseThrow().tally(), meter);
  }

  private Figure goodput(MetricDefinition metric, Source.Goodput goodput, int window) {
    ByteMeter meter = bytes.get(goodput.end());
    return meter == null
        ? Figure.missing(metric, "no bytes were counted at the " + word(goodput.end()))
        : ByteFigures.figure(metric, goodput.statistic(), timeline, meter, window);
  }

  private static String word(Source.End end) {
    return switch (end) {
      case RECEIVER -> "receiver";
      case SENDER -> "sender";
    };
  }

  private Figure environment(MetricDefinition metric, Source.Series series, int window) {
    List<SeriesMeter> perWindow = environment.map(meters -> meters.get(series.name())).orElse(null);
    if (perWindow == null) {
      return Figure.missing(metric, "no environment was captured");
    }
    SeriesMeter meter = perWindow.get(window);
    if (meter.count() == 0) {
      return Figure.missing(metric, "the environment has no series " + series.name());
    }
    double value =
        switch (series.statistic()) {
          case MEAN -> meter.mean();
          case MINIMUM -> meter.minimum();
          case MAXIMUM -> meter.maximum();
          case RATE -> meter.rate();
        };
    return Double.isNaN(value)
        ? Figure.missing(metric, "series " + series.name() + " has less than two values")
        : Figure.of(metric, value, meter.count(), new Quality.Sound());
  }

  private Figure link(MetricDefinition metric, Source.LinkAspect aspect, int window) {
    if (link.isEmpty()) {
      return Figure.missing(metric, "no kernel log was captured");
    }
    Window in = timeline.windows().get(window);
    OptionalLong death =
        link.get()
            .deathNanos(timeline, window, Optional.ofNullable(bytes.get(Source.End.RECEIVER)));
    double value =
        switch (aspect) {
          case SURVIVAL -> death.isEmpty() ? 1 : 0;
          case SECONDS_TO_DEATH ->
              death.isEmpty()
                  ? in.seconds()
                  : Math.max(0, death.getAsLong() - in.startNanos()) / NANOS_PER_SECOND;
        };
    return Figure.of(metric, value, 1, new Quality.Sound());
  }

  private Figure ratio(MetricDefinition metric, String of, String to, int window) {
    Figure numerator = figure(definition(of), window);
    Figure denominator = figure(definition(to), window);
    Quality quality = numerator.quality().and(denominator.quality());
    if (quality instanceof Quality.Missing(String reason)) {
      return Figure.missing(metric, reason);
    }
    double under = denominator.unit().toBase(denominator.value().orElseThrow());
    return under == 0
        ? Figure.missing(metric, to + " is 0")
        : Figure.of(
            metric,
            numerator.unit().toBase(numerator.value().orElseThrow()) / under,
            Math.min(numerator.weight(), denominator.weight()),
            quality);
  }

  private MetricDefinition definition(String id) {
    return instruments.definitions().stream()
        .filter(definition -> definition.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Optional<SecondSeries> series(MetricDefinition metric, int window) {
    return perSecond(metric, window)
        .map(
            valueOfBin -> {
              int first = timeline.firstBin(window);
              double[] values = new double[timeline.endBin(window) - first];
              for (int i = 0; i < values.length; i++) {
                values[i] = metric.unit().fromBase(valueOfBin.applyAsDouble(first + i));
              }
              return new SecondSeries(metric.id(), metric.unit(), values);
            });
  }

  /** The metric of one bin, for those that have one per second. */
  private Optional<IntToDoubleFunction> perSecond(MetricDefinition metric, int window) {
    return switch (metric.source()) {
      case Source.EventRate rate -> rateSeries(metric, rate.per(), window);
      case Source.FunctionRate rate -> rateSeries(metric, rate.per(), window);
      case Source.LockRate rate -> rateSeries(metric, rate.per(), window);
      case Source.WakeRate rate -> rateSeries(metric, rate.per(), window);
      case Source.PairedDuration pair -> meanSeries(metric);
      case Source.RunQueueWait wait -> meanSeries(metric);
      case Source.LockWait wait ->
          switch (wait.statistic()) {
            case SHARE -> {
              Bins sums = durations(meter(metric.id())).sums();
              yield Optional.of(
                  bin -> sums.get(bin) / NANOS_PER_SECOND / timeline.secondsOfBin(window, bin));
            }
            case MEDIAN, P99, MAXIMUM -> meanSeries(metric);
          };
      case Source.SampleShare share -> {
        SampleMeter meter = sampleMeter(metric.id());
        yield Optional.of(
            bin -> quotient((double) meter.matched().get(bin), meter.whole().get(bin)));
      }
      case Source.CpuTime time -> {
        SampleMeter meter = sampleMeter(metric.id());
        yield switch (time.per()) {
          case SECOND ->
              Optional.of(
                  bin ->
                      meter.matched().get(bin)
                          / NANOS_PER_SECOND
                          / timeline.secondsOfBin(window, bin));
          case FRAME -> {
            Bins frames = counts(meter(Meters.FRAMES), window);
            yield Optional.of(
                bin -> quotient(meter.matched().get(bin) / NANOS_PER_SECOND, frames.get(bin)));
          }
        };
      }
      case Source.Goodput(Source.End end, Source.GoodputStatistic statistic) -> {
        ByteMeter meter = bytes.get(end);
        yield statistic == Source.GoodputStatistic.MEAN && meter != null
            ? Optional.of(bin -> meter.counts().get(bin) / timeline.secondsOfBin(window, bin))
            : Optional.empty();
      }
      case Source.Series series -> Optional.empty();
      case Source.Link aspect -> Optional.empty();
      case Source.Ratio ratio -> Optional.empty();
      case Source.Spread spread -> Optional.empty();
    };
  }

  private Optional<IntToDoubleFunction> rateSeries(
      MetricDefinition metric, Source.Per per, int window) {
    Bins counts = counts(meter(metric.id()), window);
    return switch (per) {
      case SECOND -> Optional.of(bin -> counts.get(bin) / timeline.secondsOfBin(window, bin));
      case FRAME -> {
        Bins frames = counts(meter(Meters.FRAMES), window);
        yield Optional.of(bin -> quotient((double) counts.get(bin), frames.get(bin)));
      }
    };
  }

  private Optional<IntToDoubleFunction> meanSeries(MetricDefinition metric) {
    Durations durations = durations(meter(metric.id()));
    return Optional.of(
        bin ->
            quotient(durations.sums().get(bin) / NANOS_PER_SECOND, durations.numbers().get(bin)));
  }

  private static double quotient(double over, long under) {
    return under == 0 ? Double.NaN : over / under;
  }

  private EventMeter meter(String id) {
    return Optional.ofNullable(eventMeters.orElseThrow().get(id)).orElseThrow();
  }

  private SampleMeter sampleMeter(String id) {
    return Optional.ofNullable(profiled.orElseThrow().meters().get(id)).orElseThrow();
  }

  private Bins counts(EventMeter meter, int window) {
    return switch (meter) {
      case CountMeter count -> count.counts();
      case FunctionMeter function -> function.counts();
      case WakeMeter wake -> wake.counts();
      case LockCountMeter lock -> lock.counts(timeline.firstBin(window), timeline.endBin(window));
      case PairMeter pair -> pair.durations().numbers();
      case RunQueueMeter wait -> wait.durations().numbers();
      case LockWaitMeter wait -> wait.durations().numbers();
    };
  }

  private static Durations durations(EventMeter meter) {
    return switch (meter) {
      case PairMeter pair -> pair.durations();
      case RunQueueMeter wait -> wait.durations();
      case LockWaitMeter wait -> wait.durations();
      case CountMeter count -> throw notTimed(count);
      case FunctionMeter function -> throw notTimed(function);
      case WakeMeter wake -> throw notTimed(wake);
      case LockCountMeter lock -> throw notTimed(lock);
    };
  }

  private static IllegalStateException notTimed(EventMeter meter) {
    return new IllegalStateException("counts, but does not time: " + meter.getClass());
  }

  private double seconds(int window) {
    return timeline.windows().get(window).seconds();
  }
}
