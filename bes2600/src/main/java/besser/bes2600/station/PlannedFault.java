package besser.bes2600.station;

import besser.bes2600.environment.FaultKind;

/**
 * A fault planned for a run.
 *
 * @param kind what goes wrong
 * @param fromNanos when it begins to be possible, from the start of the load, at least 0
 * @param untilNanos when it ends to be possible, after {@code fromNanos}
 * @param probability at each occasion, above 0 to 1; of a hang or a drop, whether it happens
 * @param count after how many occurrences it is over, at least 1
 */
public record PlannedFault(
    FaultKind kind, long fromNanos, long untilNanos, double probability, long count) {
  public PlannedFault {
    if (fromNanos < 0 || untilNanos <= fromNanos) {
      throw new IllegalArgumentException(
          "fault must have 0 <= from < until, got " + fromNanos + " and " + untilNanos + " ns");
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1], got " + probability);
    }
    if (count < 1) throw new IllegalArgumentException("count must be >= 1, got " + count);
  }
}
