package besser.experiment.verdict;

import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.stats.MultipleTests;
import besser.experiment.stats.NoiseFloor;
import besser.experiment.verdict.Verdict.Comparison;
import besser.experiment.verdict.Verdict.Measured;
import besser.metrics.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Every metric at every step: did it change? Where nobody predicted anything, the share of false
 * answers among the "yes" is controlled over all metrics and steps together.
 */
final class Comparisons {
  private final Plan plan;
  private final ClaimRules rules;
  private final SortedMap<String, NoiseFloor> noise;

  Comparisons(Plan plan, ClaimRules rules, SortedMap<String, NoiseFloor> noise) {
    this.plan = plan;
    this.rules = rules;
    this.noise = noise;
  }

  private record Tested(
      Metric metric, String step, boolean predicted, ArmPair arms, Optional<Double> p) {}

  List<Comparison> all() {
    List<Tested> tested = new ArrayList<>();
    for (Metric metric : plan.metrics()) {
      if (!metric.overRepetitions()) {
        metric.steps().forEach(step -> tested.add(test(metric, step)));
      }
    }
    double[] q =
        MultipleTests.benjaminiHochberg(
            tested.stream()
                .filter(Comparisons::unpredicted)
                .mapToDouble(t -> t.p().orElseThrow())
                .toArray());
    List<Comparison> comparisons = new ArrayList<>();
    int next = 0;
    for (Tested one : tested) {
      Optional<Double> adjusted = unpredicted(one) ? Optional.of(q[next++]) : Optional.empty();
      comparisons.add(comparison(one, adjusted));
    }
    return comparisons;
  }

  private static boolean unpredicted(Tested tested) {
    return !tested.predicted() && tested.p().isPresent();
  }

  private Tested test(Metric metric, String step) {
    ArmPair arms = rules.arms(metric, step);
    boolean predicted =
        plan.predictions().stream()
            .anyMatch(p -> p.metric().equals(metric.id()) && p.step().equals(step));
    // A link's life is judged by its deaths; logarithms of 0 and 1 would say nothing.
    Optional<Double> p =
        metric.source() instanceof Source.Link || arms.silent()
            ? Optional.empty()
            : arms.logRatio().map(ratio -> ratio.pEqual(0));
    return new Tested(metric, step, predicted, arms, p);
  }

  private Comparison comparison(Tested tested, Optional<Double> q) {
    Measured measured = tested.arms().measured();
    double floor = noiseFloor(tested);
    double limit = q.isPresent() ? plan.protocol().falseFindings() : plan.protocol().significance();
    boolean beyondChance = q.or(tested::p).filter(p -> p <= limit).isPresent();
    boolean beyondNoise =
        measured
            .ratio()
            .filter(r -> Math.abs(StrictMath.log(r)) > StrictMath.log(floor))
            .isPresent();
    return new Comparison(
        tested.metric().id(),
        tested.metric().name(),
        tested.metric().unit().symbol(),
        tested.step(),
        tested.predicted(),
        measured,
        tested.p().map(Figures::rounded),
        q.map(Figures::rounded),
        Figures.rounded(floor),
        beyondChance && beyondNoise,
        words(tested, measured, beyondChance, beyondNoise));
  }

  private double noiseFloor(Tested tested) {
    double band = 1 + tested.metric().equivalence();
    NoiseFloor known = noise.get(Metric.at(tested.metric().id(), tested.step()));
    int baseline = tested.arms().baselineValues().size();
    int patched = tested.arms().patchedValues().size();
    return known == null || baseline == 0 || patched == 0
        ? band
        : Math.max(band, known.ratio(baseline, patched, 1 - plan.protocol().significance()));
  }

  private static String words(
      Tested tested, Measured measured, boolean beyondChance, boolean beyondNoise) {
    if (tested.metric().source() instanceof Source.Link) {
      return "see the findings on link death";
    }
    if (measured.baseline().isEmpty() || measured.patched().isEmpty()) {
      return "no figure in one arm" + tested.arms().gaps();
    }
    if (tested.arms().silent()) {
      return "nothing above the floor in either arm";
    }
    String change = change(tested, measured);
    if (tested.arms().logRatio().isEmpty()) {
      return change + "; too few repetitions to tell it from chance";
    }
    return change
        + (beyondChance
            ? beyondNoise ? "" : ", too little to matter"
            : beyondNoise ? ", not told from chance by this many repetitions" : ", no change seen");
  }

  private static String change(Tested tested, Measured measured) {
    return measured.fromNothing()
        ? "rose from 0 to %s %s"
            .formatted(
                Figures.spoken(measured.patchedTypical().orElse(0.0)),
                tested.metric().unit().symbol())
        : "changed by "
            + Figures.change(measured.ratio().orElse(1.0))
            + measured.ratioInterval().map(Comparisons::range).orElse("");
  }

  private static String range(Verdict.Interval interval) {
    return " (%s to %s)"
        .formatted(
            Figures.change(interval.low().orElse(0.0)),
            interval.high().map(Figures::change).orElse("any"));
  }
}
