/**
 * What else runs on a device: other drivers' interrupts with their work items, timers and programs,
 * at rates and costs given. Knows nothing of what it disturbs. Start reading at {@link
 * besser.kernel.background.BackgroundLoad}.
 */
@NullMarked
package besser.kernel.background;

import org.jspecify.annotations.NullMarked;
