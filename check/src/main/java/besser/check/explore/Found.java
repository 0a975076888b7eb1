package besser.check.explore;

import besser.check.Finding;
import besser.kernel.machine.Decisions;

/**
 * A finding of a search.
 *
 * @param finding as the first run that had it shows it
 * @param first the number of that run, from 0
 * @param schedule the number of the run that had it with the fewest interferences
 * @param decisions of that run
 * @param runs how many runs had it
 */
public record Found(Finding finding, long first, long schedule, Decisions decisions, long runs) {
  static Found in(Finding finding, long schedule, Decisions decisions) {
    return new Found(finding, schedule, schedule, decisions, 1);
  }

  Found or(Found later) {
    boolean simpler = later.decisions.interferences() < decisions.interferences();
    Found kept = simpler ? later : this;
    return new Found(finding, first, kept.schedule, kept.decisions, runs + later.runs);
  }
}
