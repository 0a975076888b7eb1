/**
 * Carries out a plan's protocol on a device, repetition by repetition, and hands the outcome over.
 *
 * <p>Must not know what kind of device it is. Start reading at {@link
 * besser.rig.execution.Execution}.
 */
@NullMarked
package besser.rig.execution;

import org.jspecify.annotations.NullMarked;
