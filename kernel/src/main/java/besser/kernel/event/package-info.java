/** The future event list of a simulation. */
@NullMarked
package besser.kernel.event;

import org.jspecify.annotations.NullMarked;
