/**
 * The JSON of everything that experiment writes: the same value gives the same bytes.
 *
 * <p>Knows none of the types it writes.
 */
@NullMarked
package besser.experiment.json;

import org.jspecify.annotations.NullMarked;
