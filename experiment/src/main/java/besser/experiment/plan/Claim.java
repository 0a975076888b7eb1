package besser.experiment.plan;

/**
 * What is claimed of a metric at a step. Bounds are in the metric's unit, ratios are patched over
 * baseline. {@code docs/statistics.md} has the rule by which each kind is confirmed or refuted.
 */
public sealed interface Claim {

  /** The patched arm counts none at all, where the baseline arm counted some. */
  record BecomesZero() implements Claim {}

  /** The typical value of the patched arm lies in [low, high]. */
  record Within(double low, double high) implements Claim {
    public Within {
      requireOrdered(low, high);
    }
  }

  /** The typical value of the patched arm is at least the bound. */
  record AtLeast(double bound) implements Claim {}

  /** The typical value of the patched arm is at most the bound. */
  record AtMost(double bound) implements Claim {}

  /** Patched over baseline lies in [low, high], both above zero. */
  record RatioWithin(double low, double high) implements Claim {
    public RatioWithin {
      requireOrdered(low, high);
      if (!(low > 0)) {
        throw new IllegalArgumentException("a ratio must be > 0, got " + low);
      }
    }
  }

  /**
   * The change is marginal: patched over baseline lies in [1 - fraction, 1 + fraction].
   *
   * @param fraction in (0, 1); 0.05 is 5 %
   */
  record Marginal(double fraction) implements Claim {
    public Marginal {
      if (!(fraction > 0 && fraction < 1)) {
        throw new IllegalArgumentException(
            "a marginal change must be in (0, 100) %, got " + fraction * 100);
      }
    }
  }

  /** The metric is larger in the patched arm. */
  record Increases() implements Claim {}

  /** The metric is smaller in the patched arm. */
  record Decreases() implements Claim {}

  /**
   * Every repetition of the patched arm reaches the bound.
   *
   * @param sustained also that the link lives to the end of the step in each of them
   */
  record EveryRepetitionAtLeast(double bound, boolean sustained) implements Claim {}

  /** Every repetition of the patched arm stays strictly below the bound. */
  record EveryRepetitionBelow(double bound) implements Claim {}

  /** The link lives to the end of the step in every repetition of the patched arm. */
  record LinkSurvives() implements Claim {}

  private static void requireOrdered(double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "a range must rise from low to high, got " + low + " to " + high);
    }
  }
}
