package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured: one figure for each arm, repetition, step and metric, and everything that
 * speaks against a figure.
 *
 * @param planId the plan that was run
 * @param planned repetitions of each arm that the run set out to do
 * @param repetitions whole ramps, in the order they were run
 * @param others variants that are only compared with the baseline
 */
public record Outcome(
    String planId,
    Origin origin,
    int planned,
    List<Repetition> repetitions,
    List<OtherArm> others) {

  public Outcome {
    repetitions = List.copyOf(repetitions);
    others = List.copyOf(others);
    if (planned < 1) {
      throw new IllegalArgumentException("planned must be >= 1, got " + planned);
    }
    Set<String> seen = new HashSet<>();
    for (Repetition repetition : repetitions) {
      String run = repetition.arm().word() + " " + repetition.number();
      if (!seen.add(run)) {
        throw new IllegalArgumentException("repetition must be unique, got a second " + run);
      }
    }
  }

  /** An outcome of two arms. */
  public Outcome(String planId, Origin origin, int planned, List<Repetition> repetitions) {
    this(planId, origin, planned, repetitions, List.of());
  }

  /**
   * A variant beyond the plan's two arms.
   *
   * @param variant its name
   * @param repetitions as repetitions of the patched arm, in whose place it is compared
   */
  public record OtherArm(String variant, List<Repetition> repetitions) {
    public OtherArm {
      repetitions = List.copyOf(repetitions);
      if (repetitions.stream().anyMatch(r -> r.arm() != Arm.PATCHED)) {
        throw new IllegalArgumentException(variant + " must stand in the patched arm's place");
      }
    }
  }

  /** The baseline, with another variant in the patched arm's place. */
  Outcome against(OtherArm other) {
    List<Repetition> both = new ArrayList<>(of(Arm.BASELINE));
    both.addAll(other.repetitions());
    return new Outcome(planId, origin, planned, both);
  }

  /**
   * How the figures came about.
   *
   * @param device as the user named it, for example {@code sim:pinetab2}
   * @param simulated whether the figures come from a model and not from a machine
   * @param seed the seed, where there is one
   * @param durationDivisor 1 for the plan's own durations, 60 for a quick run
   */
  public record Origin(String device, boolean simulated, Optional<Long> seed, int durationDivisor) {
    public Origin {
      if (durationDivisor < 1) {
        throw new IllegalArgumentException("durationDivisor must be >= 1, got " + durationDivisor);
      }
    }
  }

  /**
   * One whole ramp of one arm: the statistical replicate.
   *
   * @param number from 1; blocks pair equal numbers of the two arms
   * @param steps the steps that were reached, in the ramp's order
   */
  public record Repetition(Arm arm, int number, List<Step> steps) {
    public Repetition {
      steps = List.copyOf(steps);
      if (number < 1) {
        throw new IllegalArgumentException("a repetition's number must be >= 1, got " + number);
      }
    }

    /** The step with this id, if it was reached. */
    public Optional<Step> step(String id) {
      return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** Whether nothing speaks against this repetition's figures. */
    public boolean valid() {
      return steps.stream().allMatch(step -> step.invalidities().isEmpty());
    }
  }

  /**
   * One step of a ramp.
   *
   * @param values each metric's figure in the metric's unit
   * @param unmeasured metrics without a figure, and why
   * @param invalidities what makes the whole repetition unusable; empty when nothing does
   * @param linkDeath the death of the link during this step, which is an outcome, not an error
   */
  public record Step(
      String id,
      SortedMap<String, Double> values,
      SortedMap<String, String> unmeasured,
      List<Invalidity> invalidities,
      Optional<LinkDeath> linkDeath) {
    public Step {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
      unmeasured = Collections.unmodifiableSortedMap(new TreeMap<>(unmeasured));
      invalidities = List.copyOf(invalidities);
      values.forEach(
          (metric, value) -> {
            if (!(Double.isFinite(value) && value >= 0)) {
              throw new IllegalArgumentException(
                  "value of %s must be finite and >= 0, got %s".formatted(metric, value));
            }
          });
    }
  }

  /**
   * The link died.
   *
   * @param secondsIntoStep from the step's start, on the device's clock
   * @param kernelLog the lines that led to it, oldest first
   */
  public record LinkDeath(double secondsIntoStep, List<String> kernelLog) {
    public LinkDeath {
      kernelLog = List.copyOf(kernelLog);
      if (!(secondsIntoStep >= 0)) {
        throw new IllegalArgumentException("secondsIntoStep must be >= 0, got " + secondsIntoStep);
      }
    }
  }

  /** Why a repetition's figures must not be used. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = EventsLost.class, name = "events-lost"),
    @JsonSubTypes.Type(value = OfferedRateMissed.class, name = "offered-rate-missed"),
    @JsonSubTypes.Type(value = Throttled.class, name = "throttled"),
    @JsonSubTypes.Type(value = WrongModule.class, name = "wrong-module"),
    @JsonSubTypes.Type(value = ClockJumped.class, name = "clock-jumped"),
    @JsonSubTypes.Type(value = Interrupted.class, name = "interrupted")
  })
  public sealed interface Invalidity {

    /** In words, with the figures. */
    String words();
  }

  /** The trace or profile lost events, so counts are too low. */
  public record EventsLost(String stream, long events) implements Invalidity {
    @Override
    public String words() {
      return "%d events lost in %s".formatted(events, stream);
    }
  }

  /** The sender did not offer the load that the step asks for. */
  public record OfferedRateMissed(double wantedBytesPerSecond, double offeredBytesPerSecond)
      implements Invalidity {
    @Override
    public String words() {
      return "offered %s B/s, the step wants %s B/s"
          .formatted(Figures.spoken(offeredBytesPerSecond), Figures.spoken(wantedBytesPerSecond));
    }
  }

  /** The device reduced its clock, for heat or otherwise. */
  public record Throttled(String detail) implements Invalidity {
    @Override
    public String words() {
      return "throttled: " + detail;
    }
  }

  /** The device was not in the arm's state: another driver was loaded, or a setting differed. */
  public record WrongModule(String expected, String found) implements Invalidity {
    @Override
    public String words() {
      return "wrong arm: expected %s, found %s".formatted(expected, found);
    }
  }

  /** The clock jumped, so durations are wrong. */
  public record ClockJumped(double seconds) implements Invalidity {
    @Override
    public String words() {
      return "the clock jumped by %s s".formatted(Figures.spoken(seconds));
    }
  }

  /** The step did not run to its end for a reason outside the device. */
  public record Interrupted(String detail) implements Invalidity {
    @Override
    public String words() {
      return "interrupted: " + detail;
    }
  }

  /** The repetitions of one arm, in the order of their numbers. */
  public List<Repetition> of(Arm arm) {
    return repetitions.stream()
        .filter(repetition -> repetition.arm() == arm)
        .sorted((a, b) -> Integer.compare(a.number(), b.number()))
        .toList();
  }
}
