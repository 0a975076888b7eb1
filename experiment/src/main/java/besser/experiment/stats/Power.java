package besser.experiment.stats;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** What a number of repetitions can see, from the noncentral t distribution. */
public final class Power {
  private static final double LARGEST_DIFFERENCE = 1000;

  private Power() {}

  /**
   * The chance that a two-sided t test of two groups sees a difference.
   *
   * @param difference of the means, in standard deviations between runs
   */
  public static double ofTwoGroups(int first, int second, double difference, double significance) {
    if (first < 1 || second < 1 || first + second < 3) {
      throw new IllegalArgumentException(
          "two groups need at least 3 runs together, got %d and %d".formatted(first, second));
    }
    double noncentrality = difference / Math.sqrt(1.0 / first + 1.0 / second);
    return ofT(first + second - 2, noncentrality, significance);
  }

  /** The chance that a two-sided t test of one group sees that its mean differs from a value. */
  public static double ofOneGroup(int runs, double difference, double significance) {
    return ofT(runs - 1, difference * Math.sqrt(runs), significance);
  }

  /**
   * The smallest difference of two groups, in standard deviations between runs, that is seen with
   * the given power; absent when the groups are too small for any test.
   */
  public static OptionalDouble detectableDifference(
      int first, int second, double significance, double power) {
    if (first < 1 || second < 1 || first + second < 3) {
      return OptionalDouble.empty();
    }
    return smallest(d -> ofTwoGroups(first, second, d, significance), power);
  }

  /** The same for one group against a fixed value. */
  public static OptionalDouble detectableDifference(int runs, double significance, double power) {
    return runs < 2
        ? OptionalDouble.empty()
        : smallest(d -> ofOneGroup(runs, d, significance), power);
  }

  /**
   * The smallest two-sided p value that any rank test of two groups can give: both orders in which
   * the groups do not overlap, of all orders.
   */
  public static double smallestRankP(int first, int second) {
    double orders = 1;
    for (int i = 1; i <= first; i++) {
      orders = orders * (second + i) / i;
    }
    return Math.min(1, 2 / orders);
  }

  private static OptionalDouble smallest(DoubleUnaryOperator power, double wanted) {
    double low = 0;
    double high = 1;
    while (power.applyAsDouble(high) < wanted) {
      low = high;
      high *= 2;
      if (high > LARGEST_DIFFERENCE) {
        return OptionalDouble.empty();
      }
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (power.applyAsDouble(middle) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(high);
  }

  private static double ofT(double degrees, double noncentrality, double significance) {
    double critical = new TDistribution(degrees).inverseCumulativeProbability(1 - significance / 2);
    return 1
        - noncentralT(critical, degrees, noncentrality)
        + noncentralT(-critical, degrees, noncentrality);
  }

  /** Distribution function of the noncentral t distribution (Lenth 1989, algorithm AS 243). */
  static double noncentralT(double t, double degrees, double noncentrality) {
    if (t < 0) {
      return 1 - noncentralT(-t, degrees, -noncentrality);
    }
    double base = new NormalDistribution().cumulativeProbability(-noncentrality);
    double x = t * t / (t * t + degrees);
    double half = noncentrality * noncentrality / 2;
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double logWeight =
          half == 0 ? (i == 0 ? 0 : Double.NEGATIVE_INFINITY) : -half + i * StrictMath.log(half);
      double even = StrictMath.exp(logWeight - Gamma.logGamma(i + 1.0));
      double odd =
          noncentrality / Math.sqrt(2) * StrictMath.exp(logWeight - Gamma.logGamma(i + 1.5));
      double term =
          even * Beta.regularizedBeta(x, i + 0.5, degrees / 2)
              + odd * Beta.regularizedBeta(x, i + 1.0, degrees / 2);
      sum += term;
      if (i > half && Math.abs(term) < 1e-14) {
        break;
      }
    }
    return Math.clamp(base + sum / 2, 0, 1);
  }
}
