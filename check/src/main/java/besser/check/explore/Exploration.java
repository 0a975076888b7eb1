package besser.check.explore;

import besser.check.coverage.Coverage;
import java.time.Duration;
import java.util.List;

/**
 * The outcome of a search. All but {@code elapsed} depends on program, strategy, seed and the
 * number of schedules only.
 *
 * @param found what was found, in the order found
 * @param schedules how many runs there were
 * @param steps how many choices they asked in all
 * @param exhausted whether the strategy had no more schedules
 * @param coverage what all runs together have reached
 * @param elapsed wall-clock time
 */
public record Exploration(
    List<Found> found,
    long schedules,
    long steps,
    boolean exhausted,
    Coverage coverage,
    Duration elapsed) {
  public Exploration {
    found = List.copyOf(found);
  }

  /** Runs per second of wall-clock time. */
  public double schedulesPerSecond() {
    return schedules / Math.max(1e-9, elapsed.toNanos() * 1e-9);
  }
}
