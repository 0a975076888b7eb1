/**
 * Counting what the driver does: one batch on a machine on which time stands still.
 *
 * <p>A scripted card stands in for the firmware, so that a scenario says exactly what is on the
 * bus. Operations are counted by an observer that the driver cannot see. Start reading at {@link
 * besser.bes2600.ops.OpsReport} for the report of {@code besser ops}, or at {@link
 * besser.bes2600.ops.StillMachine} to build a scenario.
 */
@NullMarked
package besser.bes2600.ops;

import org.jspecify.annotations.NullMarked;
