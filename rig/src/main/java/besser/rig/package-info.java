/** Devices, the protocol's execution and the run's journal. */
@NullMarked
package besser.rig;

import org.jspecify.annotations.NullMarked;
