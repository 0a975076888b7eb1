/**
 * How good stated confidence turned out to be, over plans.
 *
 * <p>Start at {@link besser.experiment.ledger.Ledger}.
 */
@NullMarked
package besser.experiment.ledger;

import org.jspecify.annotations.NullMarked;
