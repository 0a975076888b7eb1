package besser.rig.run;

import java.util.List;

/**
 * What a run is: everything that decides its result.
 *
 * @param format the layout of the run directory, at present 1
 * @param besserVersion that made it
 * @param plan the plan's name, such as {@code patch-c}
 * @param planHash the registration's hash over the plan's judged parts
 * @param device as given, such as {@code sim:pinetab2}
 * @param simulated whether any figure in here is of a simulated device
 * @param profileHash SHA-256 of the simulated device's profile; {@code none} on a real one
 * @param seed the run's seed, from which each repetition's is derived
 * @param durationDivisor what every duration of the ramp was divided by; 1 for the plan's own
 * @param order the repetitions in the order in which they are to be run
 */
public record RunRecord(
    int format,
    String besserVersion,
    String plan,
    String planHash,
    String device,
    boolean simulated,
    String profileHash,
    long seed,
    int durationDivisor,
    List<Slot> order) {

  /** The layout this version writes. */
  public static final int FORMAT = 1;

  public RunRecord {
    order = List.copyOf(order);
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "run directory format must be " + FORMAT + ", got " + format);
    }
    if (durationDivisor < 1) {
      throw new IllegalArgumentException("duration divisor must be >= 1, got " + durationDivisor);
    }
  }

  /** Whether it is an A/A run: both arms run one and the same variant. */
  public boolean runsOneVariantAgainstItself() {
    return order.stream().map(slot -> slot.repetition().variant()).distinct().count() == 1;
  }

  /**
   * One place in the order of a run.
   *
   * @param arm {@code baseline}, {@code patched} or {@code other}
   * @param repetition what runs there
   */
  public record Slot(String arm, RepetitionId repetition) {}
}
