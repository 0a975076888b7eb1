/** Events and samples turned into named figures with units. */
@NullMarked
package besser.metrics;

import org.jspecify.annotations.NullMarked;
