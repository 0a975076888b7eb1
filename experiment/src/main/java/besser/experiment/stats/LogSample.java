package besser.experiment.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The figures of one arm's repetitions as logarithms, so that differences are ratios.
 *
 * <p>Values below the instrument's floor, zero among them, are raised to the floor. The standard
 * deviation is never below what the instrument's resolution alone gives, floor / sqrt(12) of a
 * rectangular distribution (JCGM 100:2008, 4.3.7): equal readings are as exact as the instrument
 * and no more.
 */
public final class LogSample {
  private final double[] logs;
  private final double resolution;
  private final boolean raised;

  private LogSample(double[] logs, double resolution, boolean raised) {
    this.logs = logs;
    this.resolution = resolution;
    this.raised = raised;
  }

  /**
   * Takes logarithms.
   *
   * @param values finite and not negative
   * @param floor above zero
   */
  public static LogSample of(List<Double> values, double floor) {
    if (!(floor > 0)) {
      throw new IllegalArgumentException("floor must be > 0, got " + floor);
    }
    double[] logs = new double[values.size()];
    boolean raised = false;
    for (int i = 0; i < logs.length; i++) {
      double value = values.get(i);
      if (!(value >= 0 && Double.isFinite(value))) {
        throw new IllegalArgumentException("a value must be finite and >= 0, got " + value);
      }
      raised |= value < floor;
      logs[i] = StrictMath.log(Math.max(value, floor));
    }
    double mean = logs.length == 0 ? 0 : Arrays.stream(logs).sum() / logs.length;
    double resolution = floor / Math.sqrt(12) / StrictMath.exp(mean);
    return new LogSample(logs, resolution, raised);
  }

  public int size() {
    return logs.length;
  }

  /** Whether a value was raised to the floor. */
  public boolean raised() {
    return raised;
  }

  /** Whether the spread is the instrument's resolution and not the figures' own. */
  public boolean limitedByResolution() {
    return logs.length >= 2 && sampleDeviation() < resolution;
  }

  /** The logarithm of the geometric mean. */
  public double mean() {
    requireSize(1);
    return Arrays.stream(logs).sum() / logs.length;
  }

  /** Standard deviation of the logarithms: for small ones, the relative spread between runs. */
  public double standardDeviation() {
    return Math.max(sampleDeviation(), resolution);
  }

  /** Standard deviation that the resolution alone gives. */
  double resolution() {
    return resolution;
  }

  double log(int index) {
    return logs[index];
  }

  /** The location of the logarithms. Needs two values. */
  public Estimate location() {
    requireSize(2);
    return new Estimate(mean(), standardDeviation() / Math.sqrt(logs.length), logs.length - 1.0);
  }

  private double sampleDeviation() {
    requireSize(2);
    double mean = mean();
    double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    return Math.sqrt(squares / (logs.length - 1));
  }

  private void requireSize(int least) {
    if (logs.length < least) {
      throw new IllegalStateException(
          "at least %d values are needed, got %d".formatted(least, logs.length));
    }
  }
}
