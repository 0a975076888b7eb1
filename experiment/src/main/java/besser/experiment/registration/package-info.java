/**
 * Holds a plan to what it said before the patched arm was measured.
 *
 * <p>Start at {@link besser.experiment.registration.Registration}.
 */
@NullMarked
package besser.experiment.registration;

import org.jspecify.annotations.NullMarked;
