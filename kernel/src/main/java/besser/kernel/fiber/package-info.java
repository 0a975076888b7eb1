/**
 * Threads of simulated execution: bodies that suspend in mid-call and are resumed later.
 *
 * <p>Knows nothing of kernels. Start reading at {@link besser.kernel.fiber.Fiber}.
 */
@NullMarked
package besser.kernel.fiber;

import org.jspecify.annotations.NullMarked;
