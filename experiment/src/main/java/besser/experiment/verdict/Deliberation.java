package besser.experiment.verdict;

import besser.experiment.gate.GateStatus;
import besser.experiment.gate.PlanStatus;
import besser.experiment.plan.Arm;
import besser.experiment.plan.Plan;
import besser.experiment.verdict.Verdict.Decision;
import besser.experiment.verdict.Verdict.Finding;
import besser.experiment.verdict.Verdict.FindingKind;
import besser.experiment.verdict.Verdict.GoalResult;
import besser.experiment.verdict.Verdict.LoopBack;
import besser.experiment.verdict.Verdict.PredictionResult;
import besser.experiment.verdict.Verdict.Proceed;
import besser.experiment.verdict.Verdict.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides. In this order: what contradicts the plan's model leads back to the plan; what could not
 * be decided leads back to the measurement; what was never shown leads back to its gate; otherwise
 * the plan goes on.
 */
final class Deliberation {
  private static final int PLAN = 4;
  private static final int IMPLEMENTATION = 6;
  private static final int MEASUREMENT = 7;
  private static final int PROCEED = 8;

  private final Plan plan;
  private final Evidence evidence;
  private final List<PredictionResult> predictions;
  private final GoalResult goal;
  private final List<Finding> findings;
  private final Decision decision;

  Deliberation(
      Plan plan,
      Evidence evidence,
      List<PredictionResult> predictions,
      GoalResult goal,
      List<Finding> findings) {
    this.plan = plan;
    this.evidence = evidence;
    this.predictions = predictions;
    this.goal = goal;
    this.findings = findings;
    this.decision = decide();
  }

  Decision decision() {
    return decision;
  }

  private Decision decide() {
    List<String> contradictions = contradictions();
    if (!contradictions.isEmpty()) {
      return new LoopBack(PLAN, String.join(", ", contradictions));
    }
    List<String> undecided = undecided();
    if (!undecided.isEmpty()) {
      return new LoopBack(MEASUREMENT, String.join(", ", undecided));
    }
    return nextGate().orElseGet(this::proceed);
  }

  private List<String> contradictions() {
    List<String> reasons = new ArrayList<>();
    count(reasons, FindingKind.REFUTED_PREDICTION, "prediction refuted", "predictions refuted");
    count(reasons, FindingKind.GOAL_MISSED, "goal criterion missed", "goal criteria missed");
    count(
        reasons,
        FindingKind.LINK_DEATH,
        "link death in the patched arm",
        "link deaths in the patched arm");
    count(reasons, FindingKind.REFUTED_GATE, "gate refuted", "gates refuted");
    count(reasons, FindingKind.UNPREDICTED_CHANGE, "unexplained change", "unexplained changes");
    return reasons;
  }

  private void count(List<String> reasons, FindingKind kind, String one, String several) {
    List<String> about =
        findings.stream().filter(f -> f.kind() == kind && f.blocks()).map(Finding::about).toList();
    if (!about.isEmpty()) {
      int shown = 3;
      String names = String.join(", ", about.subList(0, Math.min(shown, about.size())));
      String more = about.size() > shown ? " and %d more".formatted(about.size() - shown) : "";
      reasons.add(
          "%d %s (%s%s)".formatted(about.size(), about.size() == 1 ? one : several, names, more));
    }
  }

  private List<String> undecided() {
    List<String> reasons = new ArrayList<>();
    Outcome outcome = evidence.outcome();
    int usable =
        Math.min(
            Repetitions.usable(outcome, Arm.BASELINE), Repetitions.usable(outcome, Arm.PATCHED));
    int wanted = plan.protocol().repetitions();
    if (usable < wanted) {
      reasons.add("%d of %d repetitions of each arm are usable".formatted(usable, wanted));
    }
    if (outcome.origin().durationDivisor() > 1) {
      reasons.add(
          "the ramp ran at 1/%d of its durations".formatted(outcome.origin().durationDivisor()));
    }
    List<String> open =
        predictions.stream()
            .filter(p -> p.claim().result() == Result.INCONCLUSIVE)
            .map(PredictionResult::id)
            .toList();
    if (!open.isEmpty()) {
      reasons.add("inconclusive: " + String.join(", ", open));
    }
    if (!goal.met()) {
      reasons.add("the goal is not shown to be met");
    }
    return reasons;
  }

  /** The first gate that still stands in the way of what comes next. */
  private Optional<Decision> nextGate() {
    boolean simulated = evidence.outcome().origin().simulated();
    Optional<GateStatus> open =
        evidence.gates().stream()
            .filter(gate -> gate.state() == GateStatus.State.OPEN)
            .min(Comparator.comparingInt(GateStatus::phase));
    if (simulated || open.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LoopBack(
            open.get().phase(),
            "gate %s is open: %s"
                .formatted(open.get().demand().id(), open.get().demand().satisfiedBy())));
  }

  private Decision proceed() {
    if (!evidence.outcome().origin().simulated()) {
      String next = plan.followOns().isEmpty() ? "" : ", then " + plan.followOns().getFirst().id();
      return new Proceed(PROCEED, "memory update" + next);
    }
    int phase =
        evidence.gates().stream()
            .filter(gate -> gate.state() == GateStatus.State.OPEN)
            .mapToInt(GateStatus::phase)
            .min()
            .orElse(IMPLEMENTATION);
    return new Proceed(
        Math.min(phase, IMPLEMENTATION),
        "the model agrees with the plan; nothing has been measured on the device yet");
  }

  String sentence() {
    String where =
        evidence.outcome().origin().simulated()
            ? " on the figures of the simulated device %s"
                .formatted(evidence.outcome().origin().device())
            : "";
    return switch (decision) {
      case Proceed(int phase, String next) ->
          "Proceed to phase %d (%s)%s: %s."
              .formatted(phase, PlanStatus.phaseName(phase), where, next);
      case LoopBack(int phase, String reason) ->
          "Loop back to phase %d (%s)%s: %s."
              .formatted(phase, PlanStatus.phaseName(phase), where, reason);
    };
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  List<String> explanation() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "%d predictions: %d confirmed, %d refuted, %d inconclusive."
            .formatted(
                predictions.size(),
                number(Result.CONFIRMED),
                number(Result.REFUTED),
                number(Result.INCONCLUSIVE)));
    for (PredictionResult prediction : predictions) {
      paragraphs.add(
          "%s — %s (%s confidence): %s. %s."
              .formatted(
                  prediction.id(),
                  prediction.claim().result().name().toLowerCase(Locale.ROOT),
                  prediction.confidence(),
                  prediction.words(),
                  sentence(prediction.claim().explanation())));
    }
    paragraphs.add(
        goal.met()
            ? "The goal is met."
            : "The goal is not met: "
                + String.join(
                    "; ",
                    goal.criteria().stream()
                        .filter(c -> c.claim().result() != Result.CONFIRMED)
                        .map(c -> c.words() + " (" + c.claim().explanation() + ")")
                        .toList())
                + ".");
    paragraphs.add(why());
    return paragraphs;
  }

  private long number(Result result) {
    return predictions.stream().filter(p -> p.claim().result() == result).count();
  }

  private String why() {
    return switch (decision) {
      case Proceed _ ->
          "Nothing that was predicted is refuted or open, the goal is met, and no change is"
              + " unexplained.";
      case LoopBack(int phase, String _) ->
          phase == PLAN
              ? "What was measured contradicts what the plan expects. An unexplained change is a"
                  + " finding, not a footnote: explain it with a record, or change the plan and"
                  + " register it again."
              : phase == MEASUREMENT
                  ? "What was measured contradicts nothing, but does not show what the plan wants"
                      + " shown. More repetitions, or the missing ones again, decide it."
                  : "The figures are in order; a gate of an earlier phase is not.";
    };
  }
}
