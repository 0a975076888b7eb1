package besser.experiment.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Precision within one repetition, for plots only: points of one series depend on each other, so
 * they never stand for repetitions.
 */
public final class TimeSeries {
  private final double[] values;
  private final double mean;

  public TimeSeries(double[] values) {
    if (values.length < 2) {
      throw new IllegalArgumentException("a series needs at least 2 points, got " + values.length);
    }
    this.values = values.clone();
    this.mean = Arrays.stream(values).average().orElseThrow();
  }

  public double mean() {
    return mean;
  }

  /** Autocorrelation at a lag, with the biased denominator that keeps it within [-1, 1]. */
  public double autocorrelation(int lag) {
    double variance = 0;
    double covariance = 0;
    for (int i = 0; i < values.length; i++) {
      variance += (values[i] - mean) * (values[i] - mean);
      if (i + lag < values.length) {
        covariance += (values[i] - mean) * (values[i + lag] - mean);
      }
    }
    return variance == 0 ? 0 : covariance / variance;
  }

  /**
   * How many independent points the series is worth: Geyer's initial positive sequence (1992,
   * Statistical Science 7). Between 1 and the number of points.
   */
  public double effectiveSampleSize() {
    double time = 1;
    for (int lag = 1; lag + 1 < values.length; lag += 2) {
      double pair = autocorrelation(lag) + autocorrelation(lag + 1);
      if (pair <= 0) {
        break;
      }
      time += 2 * pair;
    }
    return Math.clamp(values.length / time, 1, values.length);
  }

  /**
   * Interval of the mean by the moving-block bootstrap (Künsch 1989, Annals of Statistics 17).
   *
   * @param blockLength points that are drawn together; long against the correlation time
   * @param level for example 0.95
   */
  public Estimate.Bounds meanInterval(int blockLength, int resamples, double level, long seed) {
    if (blockLength < 1 || blockLength > values.length) {
      throw new IllegalArgumentException(
          "blockLength must be in [1, %d], got %d".formatted(values.length, blockLength));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[resamples];
    for (int resample = 0; resample < resamples; resample++) {
      means[resample] = resampledMean(random, blockLength);
    }
    Arrays.sort(means);
    double tail = (1 - level) / 2;
    return new Estimate.Bounds(quantile(means, tail), quantile(means, 1 - tail));
  }

  /** A block length long enough for the series' own correlation. */
  public int suggestedBlockLength() {
    double correlated = values.length / effectiveSampleSize();
    double cubeRoot = Math.cbrt(values.length);
    return (int) Math.clamp(Math.ceil(correlated * cubeRoot), 1, Math.max(1, values.length / 4));
  }

  private double resampledMean(SplittableRandom random, int blockLength) {
    double sum = 0;
    int drawn = 0;
    while (drawn < values.length) {
      int start = random.nextInt(values.length - blockLength + 1);
      for (int i = 0; i < blockLength && drawn < values.length; i++, drawn++) {
        sum += values[start + i];
      }
    }
    return sum / values.length;
  }

  private static double quantile(double[] sorted, double probability) {
    double position = probability * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
