package besser.rig.run;

import java.util.List;

/**
 * A figure over the time of one step, at even intervals from the step's start. For plots and for
 * the precision within a repetition; never pooled as if its points were independent.
 *
 * @param name such as {@code goodput} or {@code workqueue:workqueue_execute_start}
 * @param unit such as {@code B/s}
 * @param intervalSeconds between two values, greater than 0
 * @param values one an interval
 */
public record SeriesRecord(String name, String unit, double intervalSeconds, List<Double> values) {
  public SeriesRecord {
    values = List.copyOf(values);
    if (!(intervalSeconds > 0)) {
      throw new IllegalArgumentException("interval must be > 0 s, got " + intervalSeconds);
    }
  }
}
