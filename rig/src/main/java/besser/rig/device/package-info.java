/**
 * What an experiment is run on: one interface in front of simulated, local and remote devices.
 *
 * <p>Must not know the protocol's execution. Start reading at {@link besser.rig.device.Device}.
 */
@NullMarked
package besser.rig.device;

import org.jspecify.annotations.NullMarked;
