package besser.experiment.registration;

import besser.experiment.plan.Baseline;
import besser.experiment.plan.Claim;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Prediction;
import besser.experiment.plan.Protocol;
import besser.experiment.stats.Estimate;
import besser.experiment.stats.LogSample;
import besser.experiment.stats.NoiseFloor;
import besser.experiment.stats.Power;
import besser.experiment.stats.Proportion;
import besser.experiment.stats.SpreadComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** What a plan's number of repetitions can see, said before anything is measured. */
public final class PlanPower {
  /** The power that "can be seen" means. */
  public static final double POWER = 0.8;

  private PlanPower() {}

  /** Whether a number of repetitions can decide a prediction. */
  public enum Sight {
    ENOUGH,
    TOO_FEW,
    /** No spread, or no size of the change, is known to tell. */
    UNKNOWN
  }

  /**
   * What can be seen of one prediction.
   *
   * @param detectableRatio smallest ratio, above one, that is seen with 80 % power
   */
  public record Prospect(Sight sight, Optional<Double> detectableRatio, String words) {}

  /**
   * The situation in which a prediction is judged.
   *
   * @param durationDivisor 1 for the plan's own durations, 60 for a quick run
   * @param spread between-run standard deviation of logarithms, if known
   * @param baselineTypical typical value of the baseline arm, if known
   */
  public record Setting(
      int baselineRuns,
      int patchedRuns,
      int durationDivisor,
      OptionalDouble spread,
      OptionalDouble baselineTypical) {}

  /** The general statement of what this many repetitions can see. */
  public static String statement(int baselineRuns, int patchedRuns, double significance) {
    OptionalDouble seen =
        Power.detectableDifference(baselineRuns, patchedRuns, significance, POWER);
    String runs = "%d + %d repetitions".formatted(baselineRuns, patchedRuns);
    if (seen.isEmpty()) {
      return "with %s nothing can be tested: a spread needs at least two of each arm"
          .formatted(runs);
    }
    double rank = Power.smallestRankP(baselineRuns, patchedRuns);
    return String.format(
        Locale.ROOT,
        "with %s a change of %.1f between-run standard deviations is seen with %.0f %% power"
            + " (two-sided, %.0f %%); the smallest p any rank test can give is %.3f%s",
        runs,
        seen.getAsDouble(),
        100 * POWER,
        100 * significance,
        rank,
        rank > significance ? ", so none can reach significance" : "");
  }

  /**
   * What is printed at registration: the statement, a line for each prediction, and a warning that
   * names those that so many repetitions cannot confirm on this device.
   *
   * @param runs of each arm
   * @param durationDivisor 1 for the plan's own durations
   * @param noise what A/A runs showed of the spread, by {@code metric@step}; where there is none,
   *     the plan's own baseline tells
   */
  public static List<String> atRegistration(
      Plan plan, int runs, int durationDivisor, SortedMap<String, NoiseFloor> noise) {
    List<String> lines = new ArrayList<>();
    List<String> unseen = new ArrayList<>();
    lines.add(statement(runs, runs, plan.protocol().significance()));
    for (Prediction prediction : plan.predictions()) {
      Setting byPlan = planned(plan, prediction, runs);
      NoiseFloor floor = noise.get(Metric.at(prediction.metric(), prediction.step()));
      OptionalDouble spread =
          floor == null ? byPlan.spread() : OptionalDouble.of(floor.standardDeviation());
      Setting setting = new Setting(runs, runs, durationDivisor, spread, byPlan.baselineTypical());
      Prospect prospect = of(plan, prediction, setting);
      if (prospect.sight() == Sight.TOO_FEW) unseen.add(prediction.id());
      lines.add(prediction.id() + ": " + prospect.words());
    }
    if (!unseen.isEmpty()) lines.add(warning(runs, unseen));
    return List.copyOf(lines);
  }

  private static String warning(int runs, List<String> unseen) {
    return "WARNING: %d + %d repetitions cannot show %s here, whatever is true; take more (--reps)"
        .formatted(runs, runs, String.join(", ", unseen));
  }

  private static Setting planned(Plan plan, Prediction prediction, int runs) {
    Metric metric = plan.metric(prediction.metric());
    for (Baseline.Entry entry : plan.baseline().entries()) {
      if (entry.metric().equals(metric.id())) {
        return switch (entry.state()) {
          case Baseline.PerRepetition values when values.values().size() > 1 -> {
            LogSample sample = LogSample.of(values.values(), metric.floor());
            yield new Setting(
                runs,
                runs,
                1,
                OptionalDouble.of(sample.standardDeviation()),
                OptionalDouble.of(StrictMath.exp(sample.mean())));
          }
          case Baseline.PerRepetition values -> typical(runs, values.values().getFirst());
          case Baseline.About about -> typical(runs, about.value());
          case Baseline.NotMeasured _ -> unknown(runs);
        };
      }
    }
    return unknown(runs);
  }

  private static Setting typical(int runs, double value) {
    return new Setting(runs, runs, 1, OptionalDouble.empty(), OptionalDouble.of(value));
  }

  private static Setting unknown(int runs) {
    return new Setting(runs, runs, 1, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** What can be seen of a prediction in a setting. */
  public static Prospect of(Plan plan, Prediction prediction, Setting setting) {
    Protocol protocol = plan.protocol();
    double significance = protocol.significance();
    return switch (prediction.claim()) {
      case Claim.BecomesZero _ -> silence(protocol.step(prediction.step()), setting);
      case Claim.EveryRepetitionAtLeast _, Claim.EveryRepetitionBelow _, Claim.LinkSurvives _ ->
          everyRun(setting);
      case Claim.Within within ->
          window(
              StrictMath.log(within.high() / Math.max(within.low(), 1e-300)),
              oneArm(setting, significance),
              "the patched arm's typical value");
      case Claim.RatioWithin ratio ->
          window(
              StrictMath.log(ratio.high() / ratio.low()),
              twoArms(setting, significance),
              "the ratio of the arms");
      case Claim.Marginal marginal ->
          window(
              StrictMath.log((1 + marginal.fraction()) / (1 - marginal.fraction())),
              twoArms(setting, significance),
              "the ratio of the arms");
      case Claim.AtLeast atLeast -> bound(atLeast.bound(), setting, significance);
      case Claim.AtMost atMost -> bound(atMost.bound(), setting, significance);
      case Claim.Increases _, Claim.Decreases _ ->
          plan.metric(prediction.metric()).overRepetitions()
              ? spreads(setting, significance)
              : direction(setting, significance);
    };
  }

  private static Prospect silence(Protocol.Step step, Setting setting) {
    if (setting.patchedRuns() == 0) {
      return new Prospect(Sight.TOO_FEW, Optional.empty(), "no repetition of the patched arm");
    }
    double seconds = step.duration().toMillis() / 1e3 / setting.durationDivisor();
    return new Prospect(
        Sight.ENOUGH,
        Optional.empty(),
        String.format(
            Locale.ROOT,
            "counts need no spread; %d silent repetitions of %.0f s bound the rate below %.2g /s",
            setting.patchedRuns(),
            seconds,
            Proportion.upperRateAfterNone(setting.patchedRuns() * seconds)));
  }

  private static Prospect everyRun(Setting setting) {
    int runs = setting.patchedRuns();
    if (runs == 0) {
      return new Prospect(Sight.TOO_FEW, Optional.empty(), "no repetition of the patched arm");
    }
    return new Prospect(
        Sight.ENOUGH,
        Optional.empty(),
        String.format(
            Locale.ROOT,
            "a claim about these repetitions; %d of %d would show with 95 %% confidence only that"
                + " at least %.0f %% of all ramps do",
            runs,
            runs,
            100 * Proportion.lowerBound(runs, runs, 0.95)));
  }

  /** A range can be confirmed when the expected interval fits into it. */
  private static Prospect window(double width, OptionalDouble expected, String what) {
    if (expected.isEmpty()) {
      return new Prospect(
          Sight.UNKNOWN, Optional.empty(), "no spread between repetitions is known to tell");
    }
    double half = expected.getAsDouble();
    boolean enough = half <= width / 2;
    return new Prospect(
        enough ? Sight.ENOUGH : Sight.TOO_FEW,
        Optional.of(StrictMath.exp(half)),
        String.format(
            Locale.ROOT,
            "%s is known to about ±%.1f %%, the claim's range is ±%.1f %% around its middle: %s",
            what,
            100 * StrictMath.expm1(half),
            100 * StrictMath.expm1(width / 2),
            enough
                ? "enough repetitions to confirm it"
                : "too few repetitions to confirm it, whatever is true"));
  }

  /** Expected half width of the interval of one arm's typical value. */
  private static OptionalDouble oneArm(Setting setting, double significance) {
    int runs = setting.patchedRuns();
    return setting.spread().isEmpty() || runs < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            half(setting.spread().getAsDouble() / Math.sqrt(runs), runs - 1.0, significance));
  }

  /** Expected half width of the interval of the ratio of the arms. */
  private static OptionalDouble twoArms(Setting setting, double significance) {
    int first = setting.baselineRuns();
    int second = setting.patchedRuns();
    return setting.spread().isEmpty() || first < 2 || second < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            half(
                setting.spread().getAsDouble() * Math.sqrt(1.0 / first + 1.0 / second),
                first + second - 2.0,
                significance));
  }

  private static double half(double error, double degrees, double significance) {
    return new Estimate(0, error, degrees).halfWidth(1 - significance);
  }

  private static Prospect bound(double bound, Setting setting, double significance) {
    OptionalDouble runs = Power.detectableDifference(setting.patchedRuns(), significance, POWER);
    if (runs.isEmpty() || setting.spread().isEmpty()) {
      return new Prospect(
          Sight.UNKNOWN, Optional.empty(), "no spread between repetitions is known to tell");
    }
    double margin = runs.getAsDouble() * setting.spread().getAsDouble();
    Sight sight =
        setting.baselineTypical().isEmpty() || bound <= 0
            ? Sight.UNKNOWN
            : Math.abs(StrictMath.log(bound / setting.baselineTypical().getAsDouble())) >= margin
                ? Sight.ENOUGH
                : Sight.TOO_FEW;
    return new Prospect(
        sight,
        Optional.of(StrictMath.exp(margin)),
        String.format(
            Locale.ROOT,
            "seen with 80 %% power when the typical value is %.0f %% beyond the bound",
            100 * StrictMath.expm1(margin)));
  }

  private static Prospect direction(Setting setting, double significance) {
    OptionalDouble runs =
        Power.detectableDifference(
            setting.baselineRuns(), setting.patchedRuns(), significance, POWER);
    if (runs.isEmpty() || setting.spread().isEmpty()) {
      return new Prospect(
          Sight.UNKNOWN, Optional.empty(), "no spread between repetitions is known to tell");
    }
    double ratio = StrictMath.exp(runs.getAsDouble() * setting.spread().getAsDouble());
    return new Prospect(
        Sight.UNKNOWN,
        Optional.of(ratio),
        String.format(
            Locale.ROOT,
            "no size is claimed; a change by a factor of %.3f is seen with 80 %% power",
            ratio));
  }

  private static Prospect spreads(Setting setting, double significance) {
    if (setting.baselineRuns() < 2 || setting.patchedRuns() < 2) {
      return new Prospect(
          Sight.TOO_FEW, Optional.empty(), "a spread needs at least two repetitions of each arm");
    }
    double ratio =
        new SpreadComparison(1, setting.baselineRuns() - 1, setting.patchedRuns() - 1)
            .detectableRatio(significance);
    return new Prospect(
        Sight.UNKNOWN,
        Optional.of(ratio),
        String.format(
            Locale.ROOT,
            "the spread must shrink to less than 1/%.1f to be seen as smaller; no size is claimed",
            ratio));
  }
}
