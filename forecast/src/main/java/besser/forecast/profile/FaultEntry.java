package besser.forecast.profile;

import besser.bes2600.environment.FaultKind;
import java.util.Optional;

/**
 * A fault planned for a run.
 *
 * @param kind what goes wrong
 * @param fromSeconds when it begins to be possible, after the ramp's start, at least 0
 * @param untilSeconds when it ends to be possible, after {@code fromSeconds}
 * @param probability at each occasion, above 0 to 1
 * @param count after how many occurrences it is over, at least 1
 * @param repetition the only repetition that it concerns, counted from 1; empty for all
 */
public record FaultEntry(
    FaultKind kind,
    double fromSeconds,
    double untilSeconds,
    double probability,
    long count,
    Optional<Integer> repetition) {
  public FaultEntry {
    if (!(fromSeconds >= 0 && untilSeconds > fromSeconds)) {
      throw new IllegalArgumentException(
          "fault must have 0 <= from < until, got " + fromSeconds + " and " + untilSeconds + " s");
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1], got " + probability);
    }
    if (count < 1) throw new IllegalArgumentException("count must be >= 1, got " + count);
  }
}
