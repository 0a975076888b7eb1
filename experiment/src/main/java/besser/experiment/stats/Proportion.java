package besser.experiment.stats;

import org.hipparchus.distribution.continuous.BetaDistribution;

/** What a count of successes says about the share of successes in the long run. */
public final class Proportion {
  private Proportion() {}

  /**
   * Lower bound of Clopper and Pearson (1934, Biometrika 26), one-sided.
   *
   * @param level for example 0.95
   */
  public static double lowerBound(int successes, int trials, double level) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials], trials >= 1; got %d of %d"
              .formatted(successes, trials));
    }
    if (successes == 0) {
      return 0;
    }
    return new BetaDistribution(successes, trials - successes + 1.0)
        .inverseCumulativeProbability(1 - level);
  }

  /**
   * Upper 95 % bound of a rate after which no event was seen for this long: the rule of three
   * (Hanley and Lippman-Hand 1983, JAMA 249).
   *
   * @return events per second
   */
  public static double upperRateAfterNone(double seconds) {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be > 0, got " + seconds);
    }
    return -StrictMath.log(0.05) / seconds;
  }
}
