package besser.experiment.verdict;

import besser.experiment.gate.GateStatus;
import besser.experiment.plan.Arm;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.registration.Registration;
import besser.experiment.verdict.Outcome.Repetition;
import besser.experiment.verdict.Verdict.Comparison;
import besser.experiment.verdict.Verdict.CriterionResult;
import besser.experiment.verdict.Verdict.Finding;
import besser.experiment.verdict.Verdict.FindingKind;
import besser.experiment.verdict.Verdict.GoalResult;
import besser.experiment.verdict.Verdict.PredictionResult;
import besser.experiment.verdict.Verdict.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Collects what the verdict has to explain, the gravest first. */
final class Findings {
  private final Plan plan;
  private final Evidence evidence;
  private final List<PredictionResult> predictions;
  private final GoalResult goal;
  private final List<Comparison> comparisons;
  private final List<Finding> findings = new ArrayList<>();

  Findings(
      Plan plan,
      Evidence evidence,
      List<PredictionResult> predictions,
      GoalResult goal,
      List<Comparison> comparisons) {
    this.plan = plan;
    this.evidence = evidence;
    this.predictions = predictions;
    this.goal = goal;
    this.comparisons = comparisons;
  }

  List<Finding> all() {
    refutedPredictions();
    missedGoal();
    linkDeaths();
    gates();
    unpredictedChanges();
    missingFigures();
    invalidRepetitions();
    changedPredictions();
    return List.copyOf(findings);
  }

  private void refutedPredictions() {
    for (PredictionResult prediction : predictions) {
      if (prediction.claim().result() == Result.REFUTED) {
        add(
            FindingKind.REFUTED_PREDICTION,
            prediction.id(),
            "predicted with %s confidence: %s; %s"
                .formatted(
                    prediction.confidence(), prediction.words(), prediction.claim().explanation()),
            List.of(prediction.claim().rule()),
            true);
      }
    }
  }

  private void missedGoal() {
    for (CriterionResult criterion : goal.criteria()) {
      if (criterion.claim().result() == Result.REFUTED) {
        add(
            FindingKind.GOAL_MISSED,
            criterion.id(),
            "the goal wants: %s; %s".formatted(criterion.words(), criterion.claim().explanation()),
            List.of(criterion.claim().rule()),
            true);
      }
    }
  }

  /**
   * A death in the patched arm stands in the way; one in the baseline arm is what is to be cured.
   */
  private void linkDeaths() {
    for (Arm arm : Arm.values()) {
      for (Repetition repetition : evidence.outcome().of(arm)) {
        for (Outcome.Step step : repetition.steps()) {
          step.linkDeath()
              .ifPresent(
                  death ->
                      add(
                          FindingKind.LINK_DEATH,
                          Repetitions.name(arm, repetition.number()) + "@" + step.id(),
                          "the link died %s s into step %s of %s repetition %d"
                              .formatted(
                                  Figures.spoken(death.secondsIntoStep()),
                                  step.id(),
                                  arm.word(),
                                  repetition.number()),
                          death.kernelLog(),
                          arm == Arm.PATCHED));
        }
      }
    }
  }

  private void gates() {
    boolean simulated = evidence.outcome().origin().simulated();
    for (GateStatus gate : evidence.gates()) {
      List<String> seen = gate.evidence().stream().map(entry -> entry.words()).toList();
      switch (gate.state()) {
        case SATISFIED -> {
          // Nothing to explain.
        }
        case REFUTED -> add(FindingKind.REFUTED_GATE, gate.demand().id(), gate.words(), seen, true);
        case OPEN ->
            // A simulated run comes before the phases that these gates guard.
            add(
                FindingKind.OPEN_GATE,
                gate.demand().id(),
                "%s; it wants %s before phase %d"
                    .formatted(gate.words(), gate.demand().satisfiedBy(), gate.demand().before()),
                seen,
                !simulated);
      }
    }
  }

  private void unpredictedChanges() {
    for (Comparison comparison : comparisons) {
      if (!comparison.predicted() && comparison.changed()) {
        add(
            FindingKind.UNPREDICTED_CHANGE,
            Metric.at(comparison.metric(), comparison.step()),
            "nobody predicted it: %s at %s %s"
                .formatted(comparison.metricName(), comparison.step(), comparison.words()),
            List.of(
                "baseline %s %s"
                    .formatted(Figures.spoken(comparison.measured().baseline()), comparison.unit()),
                "patched %s %s"
                    .formatted(Figures.spoken(comparison.measured().patched()), comparison.unit()),
                "q = %s, noise floor %s"
                    .formatted(
                        Figures.spoken(comparison.q().orElse(1.0)),
                        Figures.change(comparison.noiseFloor()))),
            true);
      }
    }
  }

  /**
   * A prediction without figures cannot be judged; a watched metric without any was not watched.
   */
  private void missingFigures() {
    for (Comparison comparison : comparisons) {
      if (comparison.measured().baseline().isEmpty() || comparison.measured().patched().isEmpty()) {
        add(
            FindingKind.MISSING_FIGURE,
            Metric.at(comparison.metric(), comparison.step()),
            "%s at %s: %s"
                .formatted(comparison.metricName(), comparison.step(), comparison.words()),
            List.of(),
            false);
      }
    }
  }

  private void invalidRepetitions() {
    for (Arm arm : Arm.values()) {
      for (Repetition repetition : evidence.outcome().of(arm)) {
        if (!repetition.valid()) {
          add(
              FindingKind.INVALID_REPETITION,
              Repetitions.name(arm, repetition.number()),
              "%s repetition %d is invalid and not used: %s"
                  .formatted(
                      arm.word(),
                      repetition.number(),
                      String.join("; ", Repetitions.invalidities(repetition))),
              List.of(),
              false);
        }
      }
    }
  }

  private void changedPredictions() {
    for (Registration.Change change : evidence.changes()) {
      add(
          FindingKind.CHANGED_PREDICTION,
          change.part(),
          "%s was %s after plan %s was registered; the registered one is judged"
              .formatted(change.part(), change.kind().name().toLowerCase(Locale.ROOT), plan.id()),
          List.of("registered: " + change.registered(), "now: " + change.now()),
          false);
    }
  }

  private void add(
      FindingKind kind, String about, String sentence, List<String> seen, boolean blocks) {
    Optional<String> explained = explanation(about);
    boolean canBeExplained =
        kind == FindingKind.UNPREDICTED_CHANGE || kind == FindingKind.LINK_DEATH;
    findings.add(
        new Finding(
            kind,
            about,
            sentence,
            seen,
            explained,
            blocks && !(canBeExplained && explained.isPresent())));
  }

  /** An explanation of this finding, or of its metric at every step. */
  private Optional<String> explanation(String about) {
    String everywhere =
        about.substring(0, about.contains("@") ? about.indexOf('@') : about.length());
    return Optional.ofNullable(evidence.explanations().get(about))
        .or(() -> Optional.ofNullable(evidence.explanations().get(everywhere)));
  }
}
