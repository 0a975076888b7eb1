/**
 * A simulated device: the model of the driver, its card and the air, made to leave the captures
 * that a real device leaves.
 *
 * <p>Start reading at {@link besser.rig.simulated.SimulatedDevice}.
 */
@NullMarked
package besser.rig.simulated;

import org.jspecify.annotations.NullMarked;
