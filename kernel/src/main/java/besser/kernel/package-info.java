/**
 * The kernel interfaces that driver code calls, named and behaving as Linux's own.
 *
 * <p>This is a port: nothing here knows how it is implemented. {@link besser.kernel.machine} is the
 * simulated Linux machine behind it. Start reading at {@link besser.kernel.Kernel}.
 */
@NullMarked
package besser.kernel;

import org.jspecify.annotations.NullMarked;
