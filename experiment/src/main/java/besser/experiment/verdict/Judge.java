package besser.experiment.verdict;

import besser.experiment.gate.GateStatus;
import besser.experiment.plan.Arm;
import besser.experiment.plan.Claim;
import besser.experiment.plan.Goal;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Prediction;
import besser.experiment.plan.Protocol;
import besser.experiment.registration.PlanPower;
import besser.experiment.stats.MultipleTests;
import besser.experiment.stats.Power;
import besser.experiment.verdict.Verdict.ClaimResult;
import besser.experiment.verdict.Verdict.Comparison;
import besser.experiment.verdict.Verdict.CriterionResult;
import besser.experiment.verdict.Verdict.Finding;
import besser.experiment.verdict.Verdict.GoalResult;
import besser.experiment.verdict.Verdict.PowerStatement;
import besser.experiment.verdict.Verdict.PredictionResult;
import besser.experiment.verdict.Verdict.Result;
import besser.experiment.verdict.Verdict.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds an outcome against a registered plan. A pure function of its evidence. */
public final class Judge {
  private final Evidence evidence;
  private final Plan plan;
  private final Outcome outcome;
  private final ClaimRules rules;

  private Judge(Evidence evidence) {
    this.evidence = evidence;
    this.plan = evidence.registered().plan();
    this.outcome = evidence.outcome();
    this.rules = new ClaimRules(plan, outcome, new Samples(plan, outcome));
  }

  /** The verdict. */
  public static Verdict judge(Evidence evidence) {
    return new Judge(evidence).verdict();
  }

  private Verdict verdict() {
    List<PredictionResult> predictions = predictions();
    GoalResult goal = goal();
    List<Comparison> comparisons = new Comparisons(plan, rules, evidence.noise()).all();
    List<Finding> findings = new Findings(plan, evidence, predictions, goal, comparisons).all();
    Deliberation deliberation = new Deliberation(plan, evidence, predictions, goal, findings);
    return new Verdict(
        Verdict.SCHEMA,
        plan.id(),
        evidence.registration().fileSha256(),
        evidence.registration().judgedSha256(),
        outcome.origin(),
        deliberation.decision(),
        deliberation.sentence(),
        deliberation.explanation(),
        predictions,
        goal,
        findings,
        comparisons,
        Repetitions.results(outcome),
        power(),
        openGates(),
        evidence.changes().stream()
            .map(
                change ->
                    new Verdict.ChangedPrediction(
                        change.part(),
                        change.kind().name().toLowerCase(Locale.ROOT),
                        change.registered(),
                        change.now()))
            .toList(),
        risks(),
        others());
  }

  private List<Verdict.RiskAnswer> risks() {
    return evidence.risks().stream()
        .map(
            status ->
                new Verdict.RiskAnswer(
                    status.risk().number(),
                    status.risk().title(),
                    status.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    status.words()))
        .toList();
  }

  private List<Verdict.OtherArm> others() {
    return outcome.others().stream()
        .map(
            other ->
                new Judge(evidence.withOutcome(outcome.against(other))).asOther(other.variant()))
        .toList();
  }

  private Verdict.OtherArm asOther(String variant) {
    List<String> events = new ArrayList<>();
    for (Verdict.RepetitionResult result : Repetitions.results(outcome)) {
      if (result.arm() == Arm.BASELINE) continue;
      for (String event : result.events()) events.add(result.number() + ": " + event);
    }
    return new Verdict.OtherArm(
        variant,
        Repetitions.usable(outcome, Arm.PATCHED),
        events,
        goal().met(),
        predictions().stream()
            .map(
                p ->
                    new Verdict.OtherResult(
                        p.id(), p.words(), p.claim().result(), p.claim().explanation()))
            .toList(),
        new Comparisons(plan, rules, evidence.noise()).all());
  }

  private List<PredictionResult> predictions() {
    List<Assessment> assessments =
        plan.predictions().stream()
            .map(p -> rules.assess(p.metric(), p.step(), p.claim()))
            .toList();
    List<ClaimResult> results = adjusted(assessments);
    List<PredictionResult> predictions = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Prediction prediction = plan.predictions().get(i);
      Metric metric = plan.metric(prediction.metric());
      ArmPair arms = rules.arms(metric, prediction.step());
      predictions.add(
          new PredictionResult(
              prediction.id(),
              metric.id(),
              metric.name(),
              prediction.step(),
              prediction.words(),
              prediction.confidence().word(),
              prediction.confidence().probability(),
              arms.measured(),
              results.get(i),
              visibility(prediction, arms)));
    }
    return predictions;
  }

  private GoalResult goal() {
    List<CriterionResult> criteria = criteria(plan.goal().criteria());
    boolean met =
        criteria.stream().allMatch(criterion -> criterion.claim().result() == Result.CONFIRMED);
    return new GoalResult(met, criteria, criteria(plan.goal().fullTarget()));
  }

  private List<CriterionResult> criteria(List<Goal.Criterion> criteria) {
    List<ClaimResult> results =
        adjusted(
            criteria.stream().map(c -> rules.assess(c.metric(), c.step(), c.claim())).toList());
    List<CriterionResult> judged = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Goal.Criterion criterion = criteria.get(i);
      judged.add(
          new CriterionResult(
              criterion.id(),
              criterion.metric(),
              criterion.step(),
              criterion.words(),
              rules.arms(criterion.metric(), criterion.step()).measured(),
              results.get(i)));
    }
    return judged;
  }

  /**
   * Adjusts the p values of claims judged together. Confirming and refuting are two families: the
   * chance of any false confirmation is kept down, and so is that of any false refutation.
   */
  private List<ClaimResult> adjusted(List<Assessment> assessments) {
    List<Assessment> tests = assessments.stream().filter(a -> a.test().isPresent()).toList();
    double[] confirm =
        MultipleTests.holm(
            tests.stream().mapToDouble(a -> a.test().orElseThrow().pConfirm()).toArray());
    double[] refute =
        MultipleTests.holm(
            tests.stream().mapToDouble(a -> a.test().orElseThrow().pRefute()).toArray());
    List<ClaimResult> results = new ArrayList<>();
    int next = 0;
    for (Assessment assessment : assessments) {
      if (assessment.test().isPresent()) {
        results.add(tested(assessment, confirm[next], refute[next], tests.size()));
        next++;
      } else {
        results.add(
            assessment.result(
                Optional.empty(), Optional.empty(), assessment.counted(), assessment.seen()));
      }
    }
    return results;
  }

  private ClaimResult tested(Assessment assessment, double confirm, double refute, int tests) {
    double significance = plan.protocol().significance();
    Result result =
        confirm <= significance
            ? Result.CONFIRMED
            : refute <= significance ? Result.REFUTED : Result.INCONCLUSIVE;
    Assessment.Test raw = assessment.test().orElseThrow();
    boolean lostToAdjustment =
        result == Result.INCONCLUSIVE && Math.min(raw.pConfirm(), raw.pRefute()) <= significance;
    String why =
        switch (result) {
          case CONFIRMED -> "within what was claimed, " + Figures.p(confirm);
          case REFUTED -> "outside what was claimed, " + Figures.p(refute);
          case INCONCLUSIVE ->
              lostToAdjustment
                  ? "taken alone it would be decided, but %d claims are tested together"
                      .formatted(tests)
                  : "the interval reaches over the edge of what was claimed";
        };
    return assessment.result(
        Optional.of(Figures.rounded(confirm)),
        Optional.of(Figures.rounded(refute)),
        result,
        assessment.seen() + ": " + why);
  }

  /** What the repetitions could see, given the spread that they showed. */
  private Visibility visibility(Prediction prediction, ArmPair arms) {
    PlanPower.Prospect prospect =
        PlanPower.of(
            plan,
            prediction,
            new PlanPower.Setting(
                arms.baselineValues().size(),
                arms.patchedValues().size(),
                outcome.origin().durationDivisor(),
                spread(prediction.claim(), arms),
                arms.baselineValues().isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(StrictMath.exp(arms.baselineLogs().mean()))));
    return new Visibility(
        prospect.sight(), prospect.detectableRatio().map(Figures::rounded), prospect.words());
  }

  private static OptionalDouble spread(Claim claim, ArmPair arms) {
    boolean onlyPatched =
        claim instanceof Claim.Within
            || claim instanceof Claim.AtLeast
            || claim instanceof Claim.AtMost;
    int baseline = onlyPatched ? 0 : arms.baselineValues().size() - 1;
    int patched = arms.patchedValues().size() - 1;
    if (patched < 1 || (!onlyPatched && baseline < 1)) {
      return OptionalDouble.empty();
    }
    double own = arms.patchedLogs().standardDeviation();
    double other = onlyPatched ? 0 : arms.baselineLogs().standardDeviation();
    return OptionalDouble.of(
        Math.sqrt((patched * own * own + baseline * other * other) / (patched + baseline)));
  }

  private PowerStatement power() {
    Protocol protocol = plan.protocol();
    int baseline = Repetitions.usable(outcome, Arm.BASELINE);
    int patched = Repetitions.usable(outcome, Arm.PATCHED);
    OptionalDouble seen =
        Power.detectableDifference(baseline, patched, protocol.significance(), PlanPower.POWER);
    return new PowerStatement(
        baseline,
        patched,
        protocol.significance(),
        PlanPower.POWER,
        seen.isPresent() ? Optional.of(Figures.rounded(seen.getAsDouble())) : Optional.empty(),
        Figures.rounded(Power.smallestRankP(baseline, patched)),
        PlanPower.statement(baseline, patched, protocol.significance()));
  }

  private List<Verdict.OpenGate> openGates() {
    return evidence.gates().stream()
        .filter(gate -> gate.state() != GateStatus.State.SATISFIED)
        .map(
            gate ->
                new Verdict.OpenGate(
                    gate.demand().id(),
                    gate.demand().before(),
                    gate.state().name().toLowerCase(Locale.ROOT),
                    gate.demand().satisfiedBy()))
        .toList();
  }
}
