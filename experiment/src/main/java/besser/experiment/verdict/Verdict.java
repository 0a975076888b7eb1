package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import besser.experiment.registration.PlanPower.Sight;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/**
 * What the measurement means, with everything needed to argue against it. Written as {@code
 * verdict.json}; {@code verdict.schema.json} is its form. Holds no time stamp and nothing that
 * depends on where or when it was made: the same registered plan, outcome and records give the same
 * bytes.
 *
 * @param schema version of the file's form
 * @param planSha256 of the registered plan file
 * @param judgedSha256 of the registered plan's judged parts in canonical form
 * @param decision what to do next
 * @param sentence the verdict in one sentence
 * @param explanation the reasons, a paragraph each
 * @param comparisons every metric at every step it is judged on, predicted or not
 * @param openGates gates of the plan that no record satisfies yet
 * @param changedPredictions what the plan file says differently from the registered one
 * @param risks what checks found about the plan's risks
 * @param others variants beyond the two arms, each against the baseline; they decide nothing
 */
public record Verdict(
    int schema,
    String plan,
    String planSha256,
    String judgedSha256,
    Outcome.Origin origin,
    Decision decision,
    String sentence,
    List<String> explanation,
    List<PredictionResult> predictions,
    GoalResult goal,
    List<Finding> findings,
    List<Comparison> comparisons,
    List<RepetitionResult> repetitions,
    PowerStatement power,
    List<OpenGate> openGates,
    List<ChangedPrediction> changedPredictions,
    List<RiskAnswer> risks,
    List<OtherArm> others) {

  /** The version of verdict.json that this code writes. */
  public static final int SCHEMA = 1;

  public Verdict {
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "verdict schema must be %d, got %d".formatted(SCHEMA, schema));
    }
    explanation = List.copyOf(explanation);
    predictions = List.copyOf(predictions);
    findings = List.copyOf(findings);
    comparisons = List.copyOf(comparisons);
    repetitions = List.copyOf(repetitions);
    openGates = List.copyOf(openGates);
    changedPredictions = List.copyOf(changedPredictions);
    risks = List.copyOf(risks);
    others = List.copyOf(others);
  }

  /** What to do next. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Proceed.class, name = "proceed"),
    @JsonSubTypes.Type(value = LoopBack.class, name = "loop-back")
  })
  public sealed interface Decision {}

  /** On to the next phase. */
  public record Proceed(int phase, String next) implements Decision {}

  /** Back to an earlier phase. */
  public record LoopBack(int phase, String reason) implements Decision {}

  /** What became of a claim. */
  public enum Result {
    CONFIRMED,
    REFUTED,
    INCONCLUSIVE
  }

  /**
   * An interval with its level; an absent bound is unbounded.
   *
   * @param level in (0, 1), for example 0.95
   */
  public record Interval(Optional<Double> low, Optional<Double> high, double level) {}

  /**
   * What the arms showed of one metric at one step.
   *
   * @param baseline the value of each valid repetition, in the order of their numbers
   * @param baselineTypical the geometric mean; absent when there is no value
   * @param ratio patched over baseline, of the geometric means
   * @param ratioInterval for the ratio at the plan's significance, not adjusted
   */
  public record Measured(
      List<Double> baseline,
      List<Double> patched,
      Optional<Double> baselineTypical,
      Optional<Double> patchedTypical,
      Optional<Double> ratio,
      Optional<Interval> ratioInterval) {
    public Measured {
      baseline = List.copyOf(baseline);
      patched = List.copyOf(patched);
    }

    /**
     * Whether the baseline had nothing of it: {@link #ratio} then says how far the patched arm is
     * above the instrument's floor, which is no change in per cent.
     */
    public boolean fromNothing() {
      return baselineTypical.isPresent() && baselineTypical.get() == 0;
    }
  }

  /**
   * What became of one claim.
   *
   * @param claimed the claim in words with its figures
   * @param regionLow lower edge of what was claimed, on the scale of {@code figure}
   * @param figure the figure that the rule looks at: a ratio, a typical value, or a count
   * @param figureUnit its unit; empty for a ratio
   * @param interval around {@code figure} at the plan's significance, not adjusted
   * @param pConfirm the smallest significance at which the claim would count as confirmed, adjusted
   *     for the number of predictions; absent when the rule is not a test
   * @param pRefute likewise for refuted
   * @param rule how the result comes about, in words
   */
  public record ClaimResult(
      String claimed,
      Optional<Double> regionLow,
      Optional<Double> regionHigh,
      Optional<Double> figure,
      String figureUnit,
      Optional<Interval> interval,
      Optional<Double> pConfirm,
      Optional<Double> pRefute,
      Result result,
      String rule,
      String explanation) {}

  /**
   * What became of one prediction.
   *
   * @param confidence the word, or probability, that the author stated
   * @param visibility whether the repetitions could see the predicted change
   */
  public record PredictionResult(
      String id,
      String metric,
      String metricName,
      String step,
      String words,
      String confidence,
      double probability,
      Measured measured,
      ClaimResult claim,
      Visibility visibility) {}

  /**
   * Whether the number of repetitions could see the change.
   *
   * @param detectableRatio the smallest ratio, above one, that would be seen with 80 % power given
   *     the measured spread; absent when no spread is known or the rule needs none
   */
  public record Visibility(Sight sight, Optional<Double> detectableRatio, String words) {}

  /** What became of the goal and of the further target behind it. */
  public record GoalResult(
      boolean met, List<CriterionResult> criteria, List<CriterionResult> fullTarget) {
    public GoalResult {
      criteria = List.copyOf(criteria);
      fullTarget = List.copyOf(fullTarget);
    }
  }

  /** What became of one criterion; {@link Result#CONFIRMED} is met. */
  public record CriterionResult(
      String id, String metric, String step, String words, Measured measured, ClaimResult claim) {}

  /** The kinds of things that a verdict has to explain. */
  public enum FindingKind {
    REFUTED_PREDICTION,
    GOAL_MISSED,
    UNPREDICTED_CHANGE,
    LINK_DEATH,
    INVALID_REPETITION,
    MISSING_FIGURE,
    OPEN_GATE,
    REFUTED_GATE,
    CHANGED_PREDICTION,
    OTHER
  }

  /**
   * Something the verdict must explain.
   *
   * @param about the prediction, metric, repetition or gate that it is about
   * @param evidence figures or log lines
   * @param explainedBy a recorded explanation; absent while there is none
   * @param blocks whether it stands in the way of proceeding
   */
  public record Finding(
      FindingKind kind,
      String about,
      String sentence,
      List<String> evidence,
      Optional<String> explainedBy,
      boolean blocks) {
    public Finding {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * One metric at one step, both arms.
   *
   * @param predicted whether a prediction is about it
   * @param p of the two-sided test that the arms are equal; absent when there is none
   * @param q the same adjusted for the number of unpredicted comparisons
   * @param noiseFloor the ratio, above one, that the arms must exceed to be more than noise
   * @param changed whether the change is beyond chance and beyond the noise floor
   */
  public record Comparison(
      String metric,
      String metricName,
      String unit,
      String step,
      boolean predicted,
      Measured measured,
      Optional<Double> p,
      Optional<Double> q,
      double noiseFloor,
      boolean changed,
      String words) {}

  /** Whether a repetition was used, and what happened in it. */
  public record RepetitionResult(
      Arm arm, int number, boolean used, List<String> invalidities, List<String> events) {
    public RepetitionResult {
      invalidities = List.copyOf(invalidities);
      events = List.copyOf(events);
    }
  }

  /**
   * What this many repetitions can see.
   *
   * @param detectableStandardDeviations the smallest difference of the arms, in between-run
   *     standard deviations, that is seen with the stated power; absent when none is
   * @param smallestRankP the smallest p value that any rank test could give
   */
  public record PowerStatement(
      int baselineRepetitions,
      int patchedRepetitions,
      double significance,
      double power,
      Optional<Double> detectableStandardDeviations,
      double smallestRankP,
      String words) {}

  /** A gate that no record satisfies. */
  public record OpenGate(String id, int before, String state, String satisfiedBy) {}

  /** A prediction that the plan file states differently from the registered plan. */
  public record ChangedPrediction(String id, String kind, String registered, String now) {}

  /**
   * What is known of a risk.
   *
   * @param answer {@code open}, {@code not-seen} or {@code real}
   * @param words that in words, with the command that repeats it
   */
  public record RiskAnswer(int number, String title, String answer, String words) {}

  /** What a prediction of the plan would have become with another variant. */
  public record OtherResult(String id, String words, Result result, String explanation) {}

  /**
   * A variant beyond the two arms, judged as if it were the patched one.
   *
   * @param used valid repetitions
   * @param events what happened in its repetitions, such as link deaths
   */
  public record OtherArm(
      String variant,
      int used,
      List<String> events,
      boolean goalMet,
      List<OtherResult> predictions,
      List<Comparison> comparisons) {
    public OtherArm {
      events = List.copyOf(events);
      predictions = List.copyOf(predictions);
      comparisons = List.copyOf(comparisons);
    }
  }
}
