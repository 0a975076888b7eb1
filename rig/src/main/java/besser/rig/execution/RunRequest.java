package besser.rig.execution;

import java.util.List;

/**
 * What the user wants of a run, beyond the plan and the device.
 *
 * @param arms the variants to run: the first is the baseline, the second the patched arm, further
 *     ones are only compared; at least two
 * @param repetitions of each arm, at least 1
 * @param seed of a simulated device
 * @param durationDivisor 1 for the plan's own durations
 * @param besserVersion that makes the run
 * @param by who registers the plan
 */
public record RunRequest(
    List<String> arms,
    int repetitions,
    long seed,
    int durationDivisor,
    String besserVersion,
    String by) {
  public RunRequest {
    arms = List.copyOf(arms);
    if (arms.size() < 2) {
      throw new IllegalArgumentException("a run compares at least two variants, got " + arms);
    }
    if (arms.stream().distinct().count() != arms.size()) {
      throw new IllegalArgumentException("each variant can be named once, got " + arms);
    }
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
    }
  }
}
