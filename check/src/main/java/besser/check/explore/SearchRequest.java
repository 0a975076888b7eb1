package besser.check.explore;

import besser.check.strategy.Strategy;

/**
 * What to search, and how far.
 *
 * @param runner what runs, and who watches
 * @param strategy which schedules it is run under
 * @param seed of the strategy
 * @param budget when to stop
 * @param workers how many threads, at least 1; changes nothing but the time it takes
 * @param untilFound whether to stop at the first run that found something
 */
public record SearchRequest(
    Runner runner, Strategy strategy, long seed, Budget budget, int workers, boolean untilFound) {
  public SearchRequest {
    if (workers < 1) throw new IllegalArgumentException("workers must be >= 1, got " + workers);
  }
}
