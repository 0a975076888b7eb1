package besser.rig.run;

import java.util.List;

/**
 * One whole ramp of one arm.
 *
 * @param id which
 * @param arm the side it stands for: {@code baseline}, {@code patched}, or {@code other} for a
 *     variant that is only compared
 * @param seed of a simulated device, as 16 hexadecimal digits; {@code none} on a real one
 * @param conditions what differed between repetitions besides the seed, in words
 * @param eventHash the simulated device's event-stream hash; {@code none} on a real one
 * @param steps in the order of the ramp; shorter when the link died
 */
public record RepetitionRecord(
    RepetitionId id,
    String arm,
    String seed,
    List<String> conditions,
    String eventHash,
    List<StepRecord> steps) {
  public RepetitionRecord {
    conditions = List.copyOf(conditions);
    steps = List.copyOf(steps);
  }
}
