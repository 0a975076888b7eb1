package besser.metrics.measure;

import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source.GoodputStatistic;
import besser.metrics.Window;
import java.util.stream.LongStream;

/** Figures of a byte series. */
final class ByteFigures {
  private static final Quality SOUND = new Quality.Sound();

  private ByteFigures() {}

  static Figure figure(
      MetricDefinition metric,
      GoodputStatistic statistic,
      Timeline timeline,
      ByteMeter meter,
      int window) {
    Window in = timeline.windows().get(window);
    long[] seconds = meter.wholeSeconds(window);
    if (seconds.length == 0 && overSeconds(statistic)) {
      return Figure.missing(metric, "the window is shorter than a second");
    }
    long weight = LongStream.of(seconds).filter(bytes -> bytes > 0).count();
    return switch (statistic) {
      case MEAN ->
          Figure.of(metric, timeline.sum(meter.counts(), window) / in.seconds(), weight, SOUND);
      case MINIMUM_SECOND ->
          Figure.of(metric, (double) LongStream.of(seconds).min().orElseThrow(), weight, SOUND);
      case STALL_SECONDS ->
          Figure.of(metric, (double) (seconds.length - weight), seconds.length, SOUND);
      case VARIATION -> variation(metric, seconds, weight);
      case LAST_BYTE -> {
        long last = meter.lastNanos(window);
        double after = last == ByteMeter.NEVER ? 0 : (last - in.startNanos()) / 1e9;
        yield Figure.of(metric, after, weight, SOUND);
      }
    };
  }

  private static boolean overSeconds(GoodputStatistic statistic) {
    return switch (statistic) {
      case MINIMUM_SECOND, STALL_SECONDS, VARIATION -> true;
      case MEAN, LAST_BYTE -> false;
    };
  }

  private static Figure variation(MetricDefinition metric, long[] seconds, long weight) {
    if (seconds.length < 2) {
      return Figure.missing(metric, "a variation needs two whole seconds, got " + seconds.length);
    }
    double mean = LongStream.of(seconds).average().orElseThrow();
    if (mean == 0) {
      return Figure.missing(metric, "not a byte came in a whole second");
    }
    double squares =
        LongStream.of(seconds).mapToDouble(bytes -> (bytes - mean) * (bytes - mean)).sum();
    return Figure.of(metric, Math.sqrt(squares / (seconds.length - 1)) / mean, weight, SOUND);
  }
}
