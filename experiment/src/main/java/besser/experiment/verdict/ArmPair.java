package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Protocol;
import besser.experiment.plan.Protocol.Analysis;
import besser.experiment.stats.ArmComparison;
import besser.experiment.stats.Estimate;
import besser.experiment.stats.LogSample;
import besser.experiment.verdict.Samples.ArmValues;
import besser.experiment.verdict.Verdict.Interval;
import besser.experiment.verdict.Verdict.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Both arms' figures of one metric at one step, and how they compare. */
final class ArmPair {
  private final Metric metric;
  private final Protocol protocol;
  private final ArmValues baseline;
  private final ArmValues patched;

  ArmPair(Samples samples, Metric metric, String step, Protocol protocol) {
    this.metric = metric;
    this.protocol = protocol;
    this.baseline = samples.of(metric, step, Arm.BASELINE);
    this.patched = samples.of(metric, step, Arm.PATCHED);
  }

  Metric metric() {
    return metric;
  }

  List<Double> baselineValues() {
    return baseline.values();
  }

  List<Double> patchedValues() {
    return patched.values();
  }

  /** Why figures are missing, in brackets; empty when none is. */
  String gaps() {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    collect(Arm.BASELINE, baseline, reasons);
    collect(Arm.PATCHED, patched, reasons);
    return bracketed(reasons);
  }

  /** Likewise of the patched arm alone. */
  String patchedGaps() {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    collect(Arm.PATCHED, patched, reasons);
    return bracketed(reasons);
  }

  private static void collect(Arm arm, ArmValues values, Map<String, List<String>> reasons) {
    for (Samples.Gap gap : values.gaps()) {
      reasons
          .computeIfAbsent(gap.reason(), ignored -> new ArrayList<>())
          .add(Repetitions.name(arm, gap.repetition()));
    }
  }

  private static String bracketed(Map<String, List<String>> reasons) {
    return reasons.isEmpty()
        ? ""
        : reasons.entrySet().stream()
            .map(reason -> reason.getKey() + " in " + String.join(", ", reason.getValue()))
            .collect(Collectors.joining("; ", " (", ")"));
  }

  LogSample baselineLogs() {
    return LogSample.of(baseline.values(), metric.floor());
  }

  LogSample patchedLogs() {
    return LogSample.of(patched.values(), metric.floor());
  }

  /** Whether neither arm showed anything above the instrument's floor. */
  boolean silent() {
    return belowFloor(baseline.values()) && belowFloor(patched.values());
  }

  private boolean belowFloor(List<Double> values) {
    return values.stream().allMatch(value -> value < metric.floor());
  }

  /** The logarithm of patched over baseline; absent when an arm has fewer than two figures. */
  Optional<Estimate> logRatio() {
    return switch (protocol.analysis()) {
      case WELCH ->
          baseline.values().size() < 2 || patched.values().size() < 2
              ? Optional.empty()
              : Optional.of(ArmComparison.welch(baselineLogs(), patchedLogs()));
      case PAIRED -> pairedLogRatio();
    };
  }

  /** The patched arm's typical value as a logarithm; absent with fewer than two figures. */
  Optional<Estimate> logPatched() {
    return patched.values().size() < 2 ? Optional.empty() : Optional.of(patchedLogs().location());
  }

  /** Only blocks in which both arms have a figure can be paired. */
  private Optional<Estimate> pairedLogRatio() {
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int i = 0; i < baseline.numbers().size(); i++) {
      int match = patched.numbers().indexOf(baseline.numbers().get(i));
      if (match >= 0) {
        first.add(baseline.values().get(i));
        second.add(patched.values().get(match));
      }
    }
    return first.size() < 2
        ? Optional.empty()
        : Optional.of(
            ArmComparison.paired(
                LogSample.of(first, metric.floor()), LogSample.of(second, metric.floor())));
  }

  Measured measured() {
    double level = 1 - protocol.significance();
    Optional<Interval> interval =
        logRatio()
            .filter(ratio -> !silent())
            .map(ratio -> exponential(ratio.interval(level), level));
    return new Measured(
        Figures.rounded(baseline.values()),
        Figures.rounded(patched.values()),
        typical(baseline.values()),
        typical(patched.values()),
        ratio(),
        interval);
  }

  private Optional<Double> ratio() {
    return baseline.values().isEmpty() || patched.values().isEmpty() || silent()
        ? Optional.empty()
        : Optional.of(
            Figures.rounded(StrictMath.exp(patchedLogs().mean() - baselineLogs().mean())));
  }

  /** The geometric mean, or zero where every figure is below the floor. */
  private Optional<Double> typical(List<Double> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        belowFloor(values)
            ? 0
            : Figures.rounded(StrictMath.exp(LogSample.of(values, metric.floor()).mean())));
  }

  static Interval exponential(Estimate.Bounds logs, double level) {
    return interval(StrictMath.exp(logs.low()), StrictMath.exp(logs.high()), level);
  }

  static Interval interval(double low, double high, double level) {
    return new Interval(finite(low), finite(high), level);
  }

  private static Optional<Double> finite(double bound) {
    return Double.isFinite(bound) ? Optional.of(Figures.rounded(bound)) : Optional.empty();
  }

  /** How the arms were compared, in words. */
  String method() {
    return protocol.analysis() == Analysis.PAIRED
        ? "paired t on log ratios within blocks"
        : "Welch's t on logarithms";
  }
}
