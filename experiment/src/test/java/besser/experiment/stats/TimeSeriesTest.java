package besser.experiment.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {

  private static double[] correlated(long seed, int points, double correlation) {
    Random random = new Random(seed);
    double[] values = new double[points];
    double value = random.nextGaussian();
    for (int i = 0; i < points; i++) {
      values[i] = value;
      value =
          correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return values;
  }

  @Test
  void aCorrelatedSeriesIsWorthFewerPoints() {
    // first-order autoregression: n (1 - r) / (1 + r)
    TimeSeries series = new TimeSeries(correlated(1, 20_000, 0.8));
    assertEquals(20_000 / 9.0, series.effectiveSampleSize(), 20_000 / 9.0 * 0.2);
    TimeSeries independent = new TimeSeries(correlated(2, 20_000, 0));
    assertTrue(independent.effectiveSampleSize() > 15_000);
  }

  @Test
  void theBlockBootstrapCoversTheMeanOfACorrelatedSeries() {
    int covered = 0;
    int independentCovered = 0;
    for (int trial = 0; trial < 300; trial++) {
      TimeSeries series = new TimeSeries(correlated(trial, 600, 0.8));
      covered += covers(series.meanInterval(40, 200, 0.95, trial)) ? 1 : 0;
      independentCovered += covers(series.meanInterval(1, 200, 0.95, trial)) ? 1 : 0;
    }
    assertTrue(covered > 0.84 * 300, "covered " + covered);
    assertTrue(independentCovered < 0.6 * 300, "covered " + independentCovered);
  }

  private static boolean covers(Estimate.Bounds bounds) {
    return bounds.low() <= 0 && 0 <= bounds.high();
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    TimeSeries series = new TimeSeries(correlated(3, 100, 0.5));
    assertEquals(series.meanInterval(10, 100, 0.9, 7), series.meanInterval(10, 100, 0.9, 7));
  }
}
