package besser.experiment.stats;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * An estimated location whose error, over its standard error, follows Student's t distribution.
 *
 * <p>Claims are regions {@code [low, high]} on the same scale, either end infinite. The two p
 * values are dual to the interval: {@link #pInside} is one minus the level of the widest interval
 * around the estimate that still lies inside the region, {@link #pOutside} likewise outside. So a
 * claim is confirmed at significance a exactly when the interval of level 1 - a lies within it,
 * which is the two one-sided tests procedure at a/2 each (Schuirmann 1987, J. Pharmacokinet.
 * Biopharm. 15).
 *
 * @param standardError above zero
 * @param degreesOfFreedom above zero
 */
public record Estimate(double value, double standardError, double degreesOfFreedom) {

  public Estimate {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("an estimate must be finite, got " + value);
    }
    if (!(standardError > 0 && Double.isFinite(standardError))) {
      throw new IllegalArgumentException("standardError must be > 0, got " + standardError);
    }
    if (!(degreesOfFreedom > 0)) {
      throw new IllegalArgumentException("degreesOfFreedom must be > 0, got " + degreesOfFreedom);
    }
  }

  /** The bounds of a symmetric interval. */
  public record Bounds(double low, double high) {}

  /**
   * The two-sided confidence interval.
   *
   * @param level in (0, 1), for example 0.95
   */
  public Bounds interval(double level) {
    double half = halfWidth(level);
    return new Bounds(value - half, value + half);
  }

  /** Half the width of {@link #interval}. */
  public double halfWidth(double level) {
    return standardError * t().inverseCumulativeProbability(0.5 + level / 2);
  }

  /** The p value of "the location is not inside the region"; small means it is inside. */
  public double pInside(double low, double high) {
    return Math.min(1, 2 * Math.max(upperTail(value - low), upperTail(high - value)));
  }

  /** The p value of "the location is inside the region"; small means it is outside. */
  public double pOutside(double low, double high) {
    double distance = Math.max(value - high, low - value);
    return Math.min(1, 2 * upperTail(distance));
  }

  /** The two-sided p value of "the location equals this one". */
  public double pEqual(double location) {
    return Math.min(1, 2 * upperTail(Math.abs(value - location)));
  }

  private double upperTail(double distance) {
    if (Double.isInfinite(distance)) {
      return distance > 0 ? 0 : 1;
    }
    return t().cumulativeProbability(-distance / standardError);
  }

  private TDistribution t() {
    return new TDistribution(degreesOfFreedom);
  }
}
