package besser.rig.execution;

import besser.rig.run.NoiseRecord;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants of a run, beyond the plan and the device.
 *
 * @param arms the variants to run: the first is the baseline, the second the patched arm, further
 *     ones are only compared. One alone is an A/A run: both arms run it
 * @param repetitions of each arm, at least 1
 * @param seed of a simulated device
 * @param durationDivisor 1 for the plan's own durations
 * @param noise noise floors to judge with, where they were measured
 * @param besserVersion that makes the run
 * @param by who registers the plan
 */
public record RunRequest(
    List<String> arms,
    int repetitions,
    long seed,
    int durationDivisor,
    Optional<NoiseRecord> noise,
    String besserVersion,
    String by) {
  public RunRequest {
    arms = List.copyOf(arms);
    if (arms.isEmpty()) throw new IllegalArgumentException("a run needs a variant, got none");
    if (arms.stream().distinct().count() != arms.size()) {
      throw new IllegalArgumentException("each variant can be named once, got " + arms);
    }
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
    }
  }

  /** The variant of the patched arm; the baseline's own in an A/A run. */
  public String patchedArm() {
    return arms.get(arms.size() == 1 ? 0 : 1);
  }

  /** Variants that are only compared. */
  public List<String> otherArms() {
    return arms.size() <= 2 ? List.of() : arms.subList(2, arms.size());
  }
}
