package besser.experiment.stats;

import org.hipparchus.distribution.continuous.FDistribution;

/**
 * The ratio of two arms' spreads, from the F distribution of the ratio of the variances of the
 * logarithms. Exact for log-normal figures only; with few repetitions it sees only large ratios.
 *
 * @param varianceRatio patched over baseline
 */
public record SpreadComparison(
    double varianceRatio, int baselineDegreesOfFreedom, int patchedDegreesOfFreedom) {

  public SpreadComparison {
    if (!(varianceRatio > 0)) {
      throw new IllegalArgumentException("varianceRatio must be > 0, got " + varianceRatio);
    }
    if (baselineDegreesOfFreedom < 1 || patchedDegreesOfFreedom < 1) {
      throw new IllegalArgumentException("each arm needs at least two values");
    }
  }

  /** Compares two arms of at least two values each. */
  public static SpreadComparison of(LogSample baseline, LogSample patched) {
    double ratio = patched.standardDeviation() / baseline.standardDeviation();
    return new SpreadComparison(ratio * ratio, baseline.size() - 1, patched.size() - 1);
  }

  /** Ratio of the standard deviations. */
  public double ratio() {
    return Math.sqrt(varianceRatio);
  }

  /** Confidence interval of {@link #ratio}. */
  public Estimate.Bounds interval(double level) {
    double tail = (1 - level) / 2;
    return new Estimate.Bounds(
        Math.sqrt(varianceRatio / f().inverseCumulativeProbability(1 - tail)),
        Math.sqrt(varianceRatio / f().inverseCumulativeProbability(tail)));
  }

  /** The two-sided p value of "the patched arm's spread is not smaller". */
  public double pSmaller() {
    return Math.min(1, 2 * f().cumulativeProbability(varianceRatio));
  }

  /** The two-sided p value of "the patched arm's spread is not larger". */
  public double pLarger() {
    return Math.min(1, 2 * (1 - f().cumulativeProbability(varianceRatio)));
  }

  /**
   * The ratio of standard deviations that must be undercut, or its inverse exceeded, at a level.
   */
  public double detectableRatio(double significance) {
    return 1 / Math.sqrt(f().inverseCumulativeProbability(significance / 2));
  }

  private FDistribution f() {
    return new FDistribution(patchedDegreesOfFreedom, baselineDegreesOfFreedom);
  }
}
