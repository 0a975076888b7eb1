/** The simulated Linux machine behind the port {@link besser.kernel}. */
@NullMarked
package besser.kernel.machine;

import org.jspecify.annotations.NullMarked;
