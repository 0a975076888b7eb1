package besser.experiment.verdict;

import besser.experiment.plan.Claim;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.stats.Estimate;
import besser.experiment.stats.LogSample;
import besser.experiment.stats.SpreadComparison;
import besser.experiment.verdict.Assessment.Test;
import besser.experiment.verdict.Verdict.Interval;
import besser.experiment.verdict.Verdict.Result;
import besser.metrics.Source;
import java.util.Optional;

/** The rule for each kind of claim. {@code docs/statistics.md} gives the reasons. */
final class ClaimRules {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final Plan plan;
  private final Outcome outcome;
  private final Samples samples;
  private final double level;

  ClaimRules(Plan plan, Outcome outcome, Samples samples) {
    this.plan = plan;
    this.outcome = outcome;
    this.samples = samples;
    this.level = 1 - plan.protocol().significance();
  }

  ArmPair arms(String metric, String step) {
    return arms(plan.metric(metric), step);
  }

  ArmPair arms(Metric metric, String step) {
    Metric figures =
        metric.source() instanceof Source.Spread spread ? plan.metric(spread.of()) : metric;
    return new ArmPair(samples, figures, step, plan.protocol());
  }

  Assessment assess(String metricId, String step, Claim claim) {
    Metric metric = plan.metric(metricId);
    ArmPair arms = arms(metric, step);
    String unit = metric.unit().symbol();
    Counting counting = new Counting(plan, outcome, samples);
    return switch (claim) {
      case Claim.BecomesZero _ -> counting.becomesZero(arms, step);
      case Claim.EveryRepetitionAtLeast least -> counting.everyAtLeast(arms, step, least);
      case Claim.EveryRepetitionBelow below -> counting.everyBelow(arms, below);
      case Claim.LinkSurvives _ -> counting.linkSurvives(step);
      case Claim.Within within ->
          typical(
              arms,
              within.low(),
              within.high(),
              "typical value in %s to %s %s"
                  .formatted(Figures.spoken(within.low()), Figures.spoken(within.high()), unit));
      case Claim.AtLeast least ->
          typical(
              arms,
              least.bound(),
              INFINITE,
              "typical value at least %s %s".formatted(Figures.spoken(least.bound()), unit));
      case Claim.AtMost most ->
          typical(
              arms,
              0,
              most.bound(),
              "typical value at most %s %s".formatted(Figures.spoken(most.bound()), unit));
      case Claim.RatioWithin ratio ->
          ratio(
              arms,
              ratio.low(),
              ratio.high(),
              "changes by %s to %s"
                  .formatted(Figures.change(ratio.low()), Figures.change(ratio.high())));
      case Claim.Marginal marginal ->
          ratio(
              arms,
              1 - marginal.fraction(),
              1 + marginal.fraction(),
              "changes by at most %s %%".formatted(Figures.spoken(100 * marginal.fraction())));
      case Claim.Increases _ ->
          metric.overRepetitions()
              ? spread(arms, false)
              : ratio(
                  arms,
                  1 + metric.equivalence(),
                  INFINITE,
                  "increases by more than %s %%"
                      .formatted(Figures.spoken(100 * metric.equivalence())));
      case Claim.Decreases _ ->
          metric.overRepetitions()
              ? spread(arms, true)
              : ratio(
                  arms,
                  0,
                  1 - metric.equivalence(),
                  "decreases by more than %s %%"
                      .formatted(Figures.spoken(100 * metric.equivalence())));
    };
  }

  private Assessment typical(ArmPair arms, double low, double high, String claimed) {
    String rule =
        "confirmed when the interval of the patched arm's geometric mean lies within the claimed"
            + " range, refuted when it lies outside";
    return interval(
        arms.logPatched(), low, high, claimed, rule, arms, arms.metric().unit().symbol());
  }

  private Assessment ratio(ArmPair arms, double low, double high, String claimed) {
    String rule =
        "confirmed when the interval of patched over baseline lies within the claimed range,"
            + " refuted when it lies outside; "
            + arms.method();
    if (arms.silent() && !arms.patchedValues().isEmpty() && !arms.baselineValues().isEmpty()) {
      return Assessment.undecided(claimed, rule, "neither arm shows anything above the floor");
    }
    return interval(arms.logRatio(), low, high, claimed, rule, arms, "");
  }

  private Assessment interval(
      Optional<Estimate> estimate,
      double low,
      double high,
      String claimed,
      String rule,
      ArmPair arms,
      String unit) {
    if (estimate.isEmpty()) {
      return Assessment.undecided(claimed, rule, tooFew(arms));
    }
    Estimate logs = estimate.get();
    double logLow = low <= 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(low);
    double logHigh = high <= 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(high);
    Interval interval = ArmPair.exponential(logs.interval(level), level);
    double figure = StrictMath.exp(logs.value());
    return new Assessment(
        claimed,
        low <= 0 ? Optional.empty() : Optional.of(Figures.rounded(low)),
        Double.isInfinite(high) ? Optional.empty() : Optional.of(Figures.rounded(high)),
        Optional.of(Figures.rounded(figure)),
        unit,
        Optional.of(interval),
        Optional.of(new Test(logs.pInside(logLow, logHigh), logs.pOutside(logLow, logHigh))),
        Result.INCONCLUSIVE,
        rule,
        seen(arms, figure, interval, unit));
  }

  private static String seen(ArmPair arms, double figure, Interval interval, String unit) {
    String range =
        unit.isEmpty()
            ? "%s to %s"
                .formatted(
                    Figures.change(interval.low().orElse(0.0)),
                    interval.high().map(Figures::change).orElse("any"))
            : "%s to %s %s"
                .formatted(
                    Figures.spoken(interval.low().orElse(0.0)),
                    interval.high().map(Figures::spoken).orElse("any"),
                    unit);
    String what =
        unit.isEmpty()
            ? "changed by " + Figures.change(figure)
            : "the patched arm's typical value is %s %s".formatted(Figures.spoken(figure), unit);
    String runs =
        unit.isEmpty()
            ? "N = %d + %d".formatted(arms.baselineValues().size(), arms.patchedValues().size())
            : "N = %d".formatted(arms.patchedValues().size());
    return "%s (%s %% interval %s, %s)%s"
        .formatted(what, Figures.spoken(100 * interval.level()), range, runs, remarks(arms, unit));
  }

  private static String remarks(ArmPair arms, String unit) {
    boolean exact =
        arms.patchedLogs().limitedByResolution()
            || (unit.isEmpty() && arms.baselineLogs().limitedByResolution());
    boolean raised =
        arms.patchedLogs().raised() || (unit.isEmpty() && arms.baselineLogs().raised());
    return (exact ? "; repetitions agree to within the instrument's resolution" : "")
        + (raised ? "; figures below the floor were raised to it" : "");
  }

  private Assessment spread(ArmPair arms, boolean smaller) {
    String claimed = smaller ? "the spread over repetitions shrinks" : "the spread grows";
    String rule =
        "confirmed when the interval of the ratio of the standard deviations of the logarithms (F"
            + " distribution) lies on the claimed side of 1, refuted when on the other";
    if (arms.baselineValues().size() < 2 || arms.patchedValues().size() < 2) {
      return Assessment.undecided(claimed, rule, tooFew(arms));
    }
    LogSample baseline = arms.baselineLogs();
    LogSample patched = arms.patchedLogs();
    SpreadComparison spreads = SpreadComparison.of(baseline, patched);
    Estimate.Bounds bounds = spreads.interval(level);
    double less = spreads.pSmaller();
    double more = spreads.pLarger();
    return new Assessment(
        claimed,
        smaller ? Optional.empty() : Optional.of(1.0),
        smaller ? Optional.of(1.0) : Optional.empty(),
        Optional.of(Figures.rounded(spreads.ratio())),
        "",
        Optional.of(ArmPair.interval(bounds.low(), bounds.high(), level)),
        Optional.of(smaller ? new Test(less, more) : new Test(more, less)),
        Result.INCONCLUSIVE,
        rule,
        "the spread went from %s %% to %s %%, a ratio of %s (%s %% interval %s to %s)"
            .formatted(
                Figures.spoken(100 * StrictMath.expm1(baseline.standardDeviation())),
                Figures.spoken(100 * StrictMath.expm1(patched.standardDeviation())),
                Figures.spoken(spreads.ratio()),
                Figures.spoken(100 * level),
                Figures.spoken(bounds.low()),
                Figures.spoken(bounds.high())));
  }

  private String tooFew(ArmPair arms) {
    return ("%d + %d usable figures of %d + %d planned; an interval needs at least two of each arm"
                + " it looks at")
            .formatted(
                arms.baselineValues().size(),
                arms.patchedValues().size(),
                outcome.planned(),
                outcome.planned())
        + arms.gaps();
  }
}
