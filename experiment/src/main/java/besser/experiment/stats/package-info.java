/**
 * The statistics of small numbers of repetitions, on plain arrays of figures.
 *
 * <p>Knows nothing of plans or metrics. {@code docs/statistics.md} says which rule uses what, and
 * why. Start at {@link besser.experiment.stats.Estimate}.
 */
@NullMarked
package besser.experiment.stats;

import org.jspecify.annotations.NullMarked;
