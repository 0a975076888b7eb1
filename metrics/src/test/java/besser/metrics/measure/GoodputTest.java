package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Source.End;
import besser.metrics.Source.GoodputStatistic;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GoodputTest {
  private static final long SECOND = 1_000_000_000L;

  private static MetricDefinition metric(GoodputStatistic statistic, Unit unit) {
    return new MetricDefinition("goodput", unit, new Source.Goodput(End.RECEIVER, statistic));
  }

  /** 4.5 s in which 1000, 3000, 0, 2000 and 500 bytes arrive; the last byte at 4.25 s. */
  private static WindowFigures measure(MetricDefinition metric) {
    Measurement measurement =
        Instruments.of(List.of(metric))
            .measure(List.of(new Window("step", 10 * SECOND, Duration.ofMillis(4500))));
    ByteSink sink = measurement.bytes(End.RECEIVER);
    sink.bytes(9 * SECOND, 70_000);
    sink.bytes(10 * SECOND, 1000);
    sink.bytes(11 * SECOND, 1500);
    sink.bytes(12 * SECOND - 1, 1500);
    sink.bytes(13 * SECOND, 2000);
    sink.bytes(14 * SECOND + SECOND / 4, 500);
    sink.bytes(14 * SECOND + SECOND / 2, 90_000);
    return measurement.figures().getFirst();
  }

  private static double value(GoodputStatistic statistic, Unit unit) {
    Figure figure = measure(metric(statistic, unit)).figures().getFirst();
    return figure.value().orElseThrow();
  }

  @Test
  void meanCountsDeadTime() {
    assertEquals(6.5 / 4.5, value(GoodputStatistic.MEAN, Unit.KILOBYTES_PER_SECOND), 1e-12);
  }

  @Test
  void poorestSecondIsAWholeOne() {
    assertEquals(0, value(GoodputStatistic.MINIMUM_SECOND, Unit.BYTES_PER_SECOND));
  }

  @Test
  void variationIsOfWholeSeconds() {
    // 1000, 3000, 0, 2000: mean 1500, sum of squares 5e6, over 3
    double expected = Math.sqrt(5e6 / 3) / 1500 * 100;
    assertEquals(expected, value(GoodputStatistic.VARIATION, Unit.PERCENT), 1e-9);
  }

  @Test
  void stallsAndTheLastByteAreSeconds() {
    assertEquals(1, value(GoodputStatistic.STALL_SECONDS, Unit.SECONDS));
    assertEquals(4.25, value(GoodputStatistic.LAST_BYTE, Unit.SECONDS), 1e-12);
  }

  @Test
  void seriesGivesTheShortSecondAsARate() {
    double[] series =
        measure(metric(GoodputStatistic.MEAN, Unit.BYTES_PER_SECOND))
            .findSeries("goodput")
            .orElseThrow()
            .values();
    assertArrayEquals(new double[] {1000, 3000, 0, 2000, 1000}, series, 1e-9);
  }

  @Test
  void missesWithoutAReceiver() {
    Measurement measurement =
        Instruments.of(List.of(metric(GoodputStatistic.MEAN, Unit.BYTES_PER_SECOND)))
            .measure(List.of(new Window("step", 0, Duration.ofSeconds(1))));
    assertEquals(
        new Quality.Missing("no bytes were counted at the receiver"),
        measurement.figures().getFirst().figures().getFirst().quality());
  }
}
