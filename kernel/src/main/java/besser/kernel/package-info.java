/** A simulated Linux machine, deterministic to the bit. */
@NullMarked
package besser.kernel;

import org.jspecify.annotations.NullMarked;
