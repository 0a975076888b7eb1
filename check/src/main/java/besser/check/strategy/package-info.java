/**
 * How the space of schedules and faults is searched: one file per strategy, each with the paper it
 * is from.
 *
 * <p>A strategy sees choices, never the program. Start reading at {@link
 * besser.check.strategy.Strategy} and {@link besser.check.strategy.RandomWalk}.
 */
@NullMarked
package besser.check.strategy;

import org.jspecify.annotations.NullMarked;
