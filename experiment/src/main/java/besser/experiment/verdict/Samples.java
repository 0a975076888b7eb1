package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.experiment.verdict.Outcome.Repetition;
import besser.metrics.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the usable figures out of an outcome: one for each valid repetition.
 *
 * <p>A link death is data to goodput and to the link's own metrics: the dead time counts as time,
 * and a step that a death kept from being reached counts as nothing received. To every other metric
 * it is a gap: rates of a device that is doing nothing say nothing about the change.
 */
final class Samples {
  private final Plan plan;
  private final Outcome outcome;

  Samples(Plan plan, Outcome outcome) {
    this.plan = plan;
    this.outcome = outcome;
  }

  /**
   * The figures of one arm.
   *
   * @param numbers the repetitions they belong to, rising
   * @param gaps repetitions without a figure, and why
   */
  record ArmValues(List<Double> values, List<Integer> numbers, List<Gap> gaps) {}

  /** A repetition without a figure. */
  record Gap(int repetition, String reason) {}

  ArmValues of(Metric metric, String step, Arm arm) {
    List<Double> values = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (Repetition repetition : outcome.of(arm)) {
      if (!repetition.valid()) {
        gaps.add(new Gap(repetition.number(), "invalid"));
        continue;
      }
      Figure figure = figure(metric, step, repetition);
      figure.value().ifPresent(values::add);
      if (figure.value().isPresent()) {
        numbers.add(repetition.number());
      } else {
        gaps.add(new Gap(repetition.number(), figure.reason()));
      }
    }
    return new ArmValues(values, numbers, gaps);
  }

  /** The valid repetitions of an arm in which the link lived to the end of the step. */
  List<Repetition> survivors(String step, Arm arm) {
    return outcome.of(arm).stream()
        .filter(Repetition::valid)
        .filter(repetition -> repetition.step(step).isPresent() && !diedBy(step, repetition))
        .toList();
  }

  /** Whether the link died in this step or in an earlier one. */
  boolean diedBy(String step, Repetition repetition) {
    for (Protocol.Step planned : plan.protocol().ramp()) {
      if (repetition.step(planned.id()).flatMap(Outcome.Step::linkDeath).isPresent()) {
        return true;
      }
      if (planned.id().equals(step)) {
        return false;
      }
    }
    return false;
  }

  private record Figure(Optional<Double> value, String reason) {
    static Figure of(double value) {
      return new Figure(Optional.of(value), "");
    }

    static Figure none(String reason) {
      return new Figure(Optional.empty(), reason);
    }
  }

  private Figure figure(Metric metric, String stepId, Repetition repetition) {
    boolean died = diedBy(stepId, repetition);
    boolean countsDeath =
        metric.source() instanceof Source.Goodput || metric.source() instanceof Source.Link;
    if (died && !countsDeath) {
      return Figure.none("the link died");
    }
    Optional<Outcome.Step> reached = repetition.step(stepId);
    if (reached.isEmpty()) {
      return died && nothingIsZero(metric.source())
          ? Figure.of(0)
          : Figure.none("step " + stepId + " was not reached");
    }
    Outcome.Step step = reached.get();
    Double reported = step.values().get(metric.id());
    return reported != null ? Figure.of(reported) : derived(metric, step, repetition);
  }

  /** Whether a step in which nothing was received is a figure of zero. */
  private static boolean nothingIsZero(Source source) {
    return source instanceof Source.Link
        || (source instanceof Source.Goodput goodput
            && (goodput.statistic() == Source.GoodputStatistic.MEAN
                || goodput.statistic() == Source.GoodputStatistic.MINIMUM_SECOND));
  }

  private Figure derived(Metric metric, Outcome.Step step, Repetition repetition) {
    return switch (metric.source()) {
      case Source.Link link -> Figure.of(life(link, metric, step));
      case Source.Ratio ratio -> ratio(ratio, step, repetition);
      case Source.Goodput _,
          Source.EventRate _,
          Source.FunctionRate _,
          Source.SampleShare _,
          Source.CpuTime _,
          Source.PairedDuration _,
          Source.RunQueueWait _,
          Source.LockWait _,
          Source.LockRate _,
          Source.WakeRate _,
          Source.Series _,
          Source.Spread _ ->
          Figure.none(step.unmeasured().getOrDefault(metric.id(), "no figure was reported"));
    };
  }

  private double life(Source.Link link, Metric metric, Outcome.Step step) {
    double planned =
        plan.protocol().step(step.id()).duration().toMillis()
            / 1e3
            / outcome.origin().durationDivisor();
    return switch (link.aspect()) {
      case SURVIVAL -> step.linkDeath().isPresent() ? 0 : 1;
      case SECONDS_TO_DEATH ->
          metric
              .unit()
              .fromBase(step.linkDeath().map(Outcome.LinkDeath::secondsIntoStep).orElse(planned));
    };
  }

  private Figure ratio(Source.Ratio ratio, Outcome.Step step, Repetition repetition) {
    Figure above = figure(plan.metric(ratio.of()), step.id(), repetition);
    Figure below = figure(plan.metric(ratio.to()), step.id(), repetition);
    if (above.value().isEmpty()) {
      return above;
    }
    if (below.value().isEmpty() || below.value().get() == 0) {
      return Figure.none(ratio.to() + " is zero or missing");
    }
    return Figure.of(above.value().get() / below.value().get());
  }
}
