package besser.rig.run;

import besser.experiment.stats.NoiseFloor;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an A/A run showed: by how much two arms differ that do not differ.
 *
 * @param plan whose metrics they are
 * @param device it was measured on
 * @param simulated whether that is a simulated one
 * @param profileHash of a simulated device; {@code none} on a real one
 * @param durationDivisor what every duration of the ramp was divided by
 * @param variant that both arms ran
 * @param repetitions of each of the two arms
 * @param floors by {@code metric@step}
 */
public record NoiseRecord(
    String plan,
    String device,
    boolean simulated,
    String profileHash,
    int durationDivisor,
    String variant,
    int repetitions,
    SortedMap<String, NoiseFloor> floors) {
  public NoiseRecord {
    floors = Collections.unmodifiableSortedMap(new TreeMap<>(floors));
  }

  /**
   * Refuses a run that is not of the same plan, device and durations.
   *
   * @throws IllegalArgumentException saying what differs
   */
  public void requireFits(RunRecord run) {
    requireSame("plan", plan, run.plan());
    requireSame("device", device, run.device());
    requireSame("profile", profileHash, run.profileHash());
    requireSame("duration divisor", "" + durationDivisor, "" + run.durationDivisor());
  }

  private static void requireSame(String what, String own, String other) {
    if (!own.equals(other)) {
      throw new IllegalArgumentException(
          "the noise floors are of %s %s, the run is of %s; measure them with --aa"
              .formatted(what, own, other));
    }
  }
}
