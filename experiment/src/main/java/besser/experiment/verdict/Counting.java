package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import besser.experiment.plan.Claim;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.stats.Proportion;
import besser.experiment.verdict.Outcome.Repetition;
import besser.experiment.verdict.Verdict.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that count repetitions and need no interval. They are claims about the repetitions that
 * were measured: one counterexample refutes, and only the full planned number confirms.
 */
final class Counting {
  private final Plan plan;
  private final Outcome outcome;
  private final Samples samples;

  Counting(Plan plan, Outcome outcome, Samples samples) {
    this.plan = plan;
    this.outcome = outcome;
    this.samples = samples;
  }

  Assessment becomesZero(ArmPair arms, String step) {
    Metric metric = arms.metric();
    String unit = metric.unit().symbol();
    String rule =
        "refuted when any repetition of the patched arm counts at least the floor (%s %s);"
                .formatted(Figures.spoken(metric.floor()), unit)
            + " confirmed when every planned repetition counts none and the baseline arm shows that"
            + " the instrument counts";
    List<Double> patched = arms.patchedValues();
    double largest = patched.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    boolean counts = arms.baselineValues().stream().anyMatch(value -> value >= metric.floor());
    String seen =
        "baseline %s %s; patched %s %s"
            .formatted(Figures.spoken(arms.baselineValues()), unit, Figures.spoken(patched), unit);
    if (largest >= metric.floor()) {
      return counted("becomes zero", 0, 0, largest, unit, Result.REFUTED, rule, seen);
    }
    if (!counts) {
      return counted(
          "becomes zero",
          0,
          0,
          largest,
          unit,
          Result.INCONCLUSIVE,
          rule,
          seen
              + "; the baseline arm counts none either, so nothing shows that the instrument works");
    }
    if (patched.size() < planned()) {
      return counted(
          "becomes zero", 0, 0, largest, unit, Result.INCONCLUSIVE, rule, seen + missing(arms));
    }
    double seconds =
        patched.size()
            * (plan.protocol().step(step).duration().toMillis() / 1e3)
            / outcome.origin().durationDivisor();
    return counted(
        "becomes zero",
        0,
        0,
        largest,
        unit,
        Result.CONFIRMED,
        rule,
        seen
            + "; none in %s s bounds the rate below %s /s"
                .formatted(
                    Figures.spoken(seconds),
                    Figures.spoken(Proportion.upperRateAfterNone(seconds))));
  }

  Assessment everyAtLeast(ArmPair arms, String step, Claim.EveryRepetitionAtLeast claim) {
    String unit = arms.metric().unit().symbol();
    String claimed =
        "every repetition at least %s %s%s"
            .formatted(
                Figures.spoken(claim.bound()), unit, claim.sustained() ? ", link alive" : "");
    String rule =
        "refuted when any repetition of the patched arm stays below the bound%s; confirmed when"
                .formatted(claim.sustained() ? " or loses its link" : "")
            + " every planned repetition reaches it";
    List<Double> values = arms.patchedValues();
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    long deaths = claim.sustained() ? deaths(step).size() : 0;
    boolean missed = values.stream().anyMatch(value -> value < claim.bound()) || deaths > 0;
    String seen =
        "patched %s %s".formatted(Figures.spoken(values), unit)
            + (deaths > 0 ? "; the link died in %d of them".formatted(deaths) : "");
    return decide(claimed, claim.bound(), least, unit, missed, arms, rule, seen);
  }

  Assessment everyBelow(ArmPair arms, Claim.EveryRepetitionBelow claim) {
    String unit = arms.metric().unit().symbol();
    String claimed = "every repetition below %s %s".formatted(Figures.spoken(claim.bound()), unit);
    String rule =
        "refuted when any repetition of the patched arm reaches the bound; confirmed when every"
            + " planned repetition stays below it";
    List<Double> values = arms.patchedValues();
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    boolean missed = values.stream().anyMatch(value -> value >= claim.bound());
    String seen = "patched %s %s".formatted(Figures.spoken(values), unit);
    Assessment upper = decide(claimed, claim.bound(), most, unit, missed, arms, rule, seen);
    return new Assessment(
        claimed,
        Optional.empty(),
        upper.regionLow(),
        upper.figure(),
        unit,
        Optional.empty(),
        Optional.empty(),
        upper.counted(),
        rule,
        upper.seen());
  }

  Assessment linkSurvives(String step) {
    List<Integer> dead = deaths(step);
    int alive = samples.survivors(step, Arm.PATCHED).size();
    String rule =
        "refuted when the link dies in any repetition of the patched arm; confirmed when it lives"
            + " through every planned one";
    Result result =
        !dead.isEmpty()
            ? Result.REFUTED
            : alive >= planned() ? Result.CONFIRMED : Result.INCONCLUSIVE;
    String seen =
        dead.isEmpty()
            ? "the link lived through %d of %d planned repetitions".formatted(alive, planned())
            : "the link died in repetition %s"
                .formatted(String.join(", ", dead.stream().map(String::valueOf).toList()));
    return counted(
        "the link survives",
        planned(),
        planned(),
        alive,
        "repetitions",
        result,
        rule,
        seen + longRun(result));
  }

  private Assessment decide(
      String claimed,
      double bound,
      double extreme,
      String unit,
      boolean missed,
      ArmPair arms,
      String rule,
      String seen) {
    boolean complete = arms.patchedValues().size() >= planned();
    Result result = missed ? Result.REFUTED : complete ? Result.CONFIRMED : Result.INCONCLUSIVE;
    return new Assessment(
        claimed,
        Optional.of(Figures.rounded(bound)),
        Optional.empty(),
        arms.patchedValues().isEmpty() ? Optional.empty() : Optional.of(Figures.rounded(extreme)),
        unit,
        Optional.empty(),
        Optional.empty(),
        result,
        rule,
        seen + (complete ? longRun(result) : missing(arms)));
  }

  private String longRun(Result result) {
    int runs = planned();
    return result == Result.CONFIRMED
        ? "; %d of %d show with 95 %% confidence only that at least %s %% of all ramps do"
            .formatted(runs, runs, Figures.spoken(100 * Proportion.lowerBound(runs, runs, 0.95)))
        : "";
  }

  private String missing(ArmPair arms) {
    return "; %d of %d planned repetitions%s"
        .formatted(arms.patchedValues().size(), planned(), arms.patchedGaps());
  }

  private List<Integer> deaths(String step) {
    List<Integer> numbers = new ArrayList<>();
    for (Repetition repetition : outcome.of(Arm.PATCHED)) {
      if (repetition.valid() && samples.diedBy(step, repetition)) {
        numbers.add(repetition.number());
      }
    }
    return numbers;
  }

  private int planned() {
    return outcome.planned();
  }

  private static Assessment counted(
      String claimed,
      double low,
      double high,
      double figure,
      String unit,
      Result result,
      String rule,
      String seen) {
    return new Assessment(
        claimed,
        Optional.of(low),
        Optional.of(high),
        Optional.of(Figures.rounded(figure)),
        unit,
        Optional.empty(),
        Optional.empty(),
        result,
        rule,
        seen);
  }
}
