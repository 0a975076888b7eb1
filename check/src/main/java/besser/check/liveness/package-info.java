/**
 * That everything which should go on does: deadlocks, lost wake-ups, stalls, livelocks, starvation.
 * Start reading at {@link besser.check.liveness.BlockedChecker} for what ends in silence and {@link
 * besser.check.liveness.EndlessChecker} for what never ends.
 */
@NullMarked
package besser.check.liveness;

import org.jspecify.annotations.NullMarked;
