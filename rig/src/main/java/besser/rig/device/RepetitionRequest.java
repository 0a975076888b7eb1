package besser.rig.device;

import besser.experiment.plan.Plan;
import besser.rig.run.RepetitionId;

/**
 * One repetition that is to be run.
 *
 * @param plan says the ramp and what is captured on each step
 * @param arm {@code baseline}, {@code patched} or {@code other}
 * @param id variant and number
 * @param seed the repetition's own, for a simulated device
 * @param durationDivisor what every duration of the ramp is divided by
 */
public record RepetitionRequest(
    Plan plan, String arm, RepetitionId id, long seed, int durationDivisor) {}
