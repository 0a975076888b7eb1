package besser.experiment.verdict;

import besser.experiment.verdict.Verdict.ClaimResult;
import besser.experiment.verdict.Verdict.Interval;
import besser.experiment.verdict.Verdict.Result;
import java.util.Optional;

/**
 * A claim held against the figures, before p values are adjusted for the number of claims.
 *
 * @param regionLow what was claimed, lower edge, on the scale of {@code figure}
 * @param test the two p values where the rule is a test; empty where it counts
 * @param counted the result where the rule counts; {@link Result#INCONCLUSIVE} where it cannot
 * @param seen what was seen, in words
 */
record Assessment(
    String claimed,
    Optional<Double> regionLow,
    Optional<Double> regionHigh,
    Optional<Double> figure,
    String figureUnit,
    Optional<Interval> interval,
    Optional<Test> test,
    Result counted,
    String rule,
    String seen) {

  /** The p values of the claim being true and being false; see {@code Estimate}. */
  record Test(double pConfirm, double pRefute) {}

  /** The result with p values adjusted for the number of claims. */
  ClaimResult result(
      Optional<Double> pConfirm, Optional<Double> pRefute, Result result, String explanation) {
    return new ClaimResult(
        claimed,
        regionLow,
        regionHigh,
        figure,
        figureUnit,
        interval,
        pConfirm,
        pRefute,
        result,
        rule,
        explanation);
  }

  static Assessment undecided(String claimed, String rule, String why) {
    return new Assessment(
        claimed,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Result.INCONCLUSIVE,
        rule,
        why);
  }
}
