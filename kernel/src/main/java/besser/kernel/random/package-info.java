/** Seeded random streams and integer distributions, the same on every machine. */
@NullMarked
package besser.kernel.random;

import org.jspecify.annotations.NullMarked;
