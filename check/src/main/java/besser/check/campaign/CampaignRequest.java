package besser.check.campaign;

import besser.check.Program;
import besser.check.explore.Budget;
import besser.check.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to search.
 *
 * @param version of besser, for the files of findings
 * @param programs at least one
 * @param strategy which schedules they are run under
 * @param seed of strategy and programs
 * @param budget for all programs together. A time bounds the whole, shrinking included; schedules
 *     bound the search, and shrinking by a multiple of them. Both are shared evenly
 * @param workers threads, at least 1
 * @param untilFound whether to stop at the first program that has a finding
 * @param shrinkRuns how many runs shrinking one finding may take; 0 leaves findings as found
 * @param shrinkTime what shrinking all findings may take, positive; else two fifths of a budget in
 *     time, and no bound otherwise
 */
public record CampaignRequest(
    String version,
    List<Program> programs,
    Strategy strategy,
    long seed,
    Budget budget,
    int workers,
    boolean untilFound,
    int shrinkRuns,
    Optional<Duration> shrinkTime) {
  private static final int MIN_SHRINK_RUNS = 20;
  private static final int SHRINK_RUNS_PER_SCHEDULE = 4;

  public CampaignRequest {
    if (programs.isEmpty()) throw new IllegalArgumentException("there must be a program to check");
    if (workers < 1) throw new IllegalArgumentException("workers must be >= 1, got " + workers);
    if (shrinkRuns < 0) {
      throw new IllegalArgumentException("shrink runs must be >= 0, got " + shrinkRuns);
    }
    if (budget.isTimed() && shrinkTime.isPresent()) {
      Duration shrink = shrinkTime.get();
      if (shrink.compareTo(budget.time()) >= 0) {
        throw new IllegalArgumentException(
            "time to shrink must be below the budget, which bounds it too: got %s of %s"
                .formatted(shrink, budget));
      }
    }
    programs = List.copyOf(programs);
  }

  /** Time for the search alone. */
  Duration searchTime() {
    if (!budget.isTimed()) return budget.time();
    Duration rest = shrinkTime.orElse(budget.time().multipliedBy(2).dividedBy(5));
    return shrinkRuns == 0
        ? budget.time().multipliedBy(9).dividedBy(10)
        : budget.time().minus(rest);
  }

  /** One program's share of the schedules. */
  long scheduleShare() {
    if (budget.schedules() == Long.MAX_VALUE) return Long.MAX_VALUE;
    return Math.max(1, budget.schedules() / programs.size());
  }

  /** How many runs shrinking one of so many findings may take. */
  int shrinkRuns(int findings) {
    if (budget.schedules() == Long.MAX_VALUE || findings == 0) return shrinkRuns;
    long each = SHRINK_RUNS_PER_SCHEDULE * budget.schedules() / findings;
    return (int) Math.min(shrinkRuns, Math.max(MIN_SHRINK_RUNS, each));
  }
}
