package besser.experiment.plan;

import besser.metrics.CaptureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How both arms are measured.
 *
 * @param baselineVariant the driver variant, or device state, of the baseline arm
 * @param patchedVariant that of the patched arm
 * @param ramp the steps in their order
 * @param repetitions whole ramps of each arm; the statistical replicate
 * @param interleaving the order of runs where the device can switch arms freely
 * @param analysis how arms are compared
 * @param falseFindings the share of false findings tolerated among unpredicted changes
 * @param instructions the plan's own numbered list
 */
public record Protocol(
    String baselineVariant,
    String patchedVariant,
    List<Step> ramp,
    int repetitions,
    Interleaving interleaving,
    Analysis analysis,
    double significance,
    double falseFindings,
    List<String> instructions) {

  /** In which order the arms' repetitions are run. */
  public enum Interleaving {
    /** All of the baseline, then all of the patched arm. */
    SEQUENTIAL,
    /** Baseline, patched, patched, baseline, and so on: linear drift cancels. */
    ABBA,
    /** Blocks of one run of each arm, baseline first in each. */
    BLOCKED;

    /**
     * All runs of both arms in their order.
     *
     * @param repetitions of each arm, at least 1
     */
    public List<Run> order(int repetitions) {
      if (repetitions < 1) {
        throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
      }
      List<Run> runs = new ArrayList<>();
      for (int number = 1; number <= repetitions; number++) {
        boolean patchedFirst = this == ABBA && number % 2 == 0;
        runs.add(new Run(patchedFirst ? Arm.PATCHED : Arm.BASELINE, number));
        runs.add(new Run(patchedFirst ? Arm.BASELINE : Arm.PATCHED, number));
      }
      if (this == SEQUENTIAL) {
        // The sort is stable, so the numbers of each arm stay in order.
        runs.sort(Comparator.comparing(Run::arm));
      }
      return List.copyOf(runs);
    }
  }

  /**
   * One run of a whole ramp.
   *
   * @param number the repetition, from 1; equal numbers of the two arms form a block
   */
  public record Run(Arm arm, int number) {}

  /** How the arms' repetitions are held against each other. */
  public enum Analysis {
    /** Two independent groups with unequal variances. */
    WELCH,
    /** Differences within blocks. */
    PAIRED
  }

  /** One step of the ramp. */
  public record Step(
      String id, double offeredBytesPerSecond, Duration duration, Set<CaptureKind> captures) {
    public Step {
      captures = inOrder(captures);
      if (!(offeredBytesPerSecond > 0)) {
        throw new IllegalArgumentException(
            "offered rate of step %s must be > 0 B/s, got %s".formatted(id, offeredBytesPerSecond));
      }
      if (!duration.isPositive()) {
        throw new IllegalArgumentException(
            "duration of step %s must be > 0 s, got %s".formatted(id, duration));
      }
    }

    private static Set<CaptureKind> inOrder(Set<CaptureKind> captures) {
      EnumSet<CaptureKind> copy = EnumSet.noneOf(CaptureKind.class);
      copy.addAll(captures);
      return Collections.unmodifiableSet(copy);
    }
  }

  public Protocol {
    ramp = List.copyOf(ramp);
    instructions = List.copyOf(instructions);
    if (ramp.isEmpty()) {
      throw new IllegalArgumentException("a ramp needs at least one step");
    }
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
    }
    requireLevel("significance", significance);
    requireLevel("false-findings", falseFindings);
    if (analysis == Analysis.PAIRED && interleaving == Interleaving.SEQUENTIAL) {
      throw new IllegalArgumentException(
          "a paired analysis needs blocks: interleaving must be abba or blocked");
    }
  }

  private static void requireLevel(String name, double level) {
    if (!(level > 0 && level < 0.5)) {
      throw new IllegalArgumentException(name + " must be in (0, 0.5), got " + level);
    }
  }

  /** The variant of an arm. */
  public String variant(Arm arm) {
    return switch (arm) {
      case BASELINE -> baselineVariant;
      case PATCHED -> patchedVariant;
    };
  }

  /** The step with this id. */
  public Step step(String id) {
    return ramp.stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step '" + id + "' in the ramp"));
  }
}
