/** Writes what other viewers open. */
@NullMarked
package besser.trace.export;

import org.jspecify.annotations.NullMarked;
