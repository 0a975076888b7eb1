/**
 * Devices with a real Linux kernel: this machine, or one at the end of an ssh connection. What is
 * asked of them is asked through a {@link besser.rig.connection.Connection}; what they say is
 * streamed into figures, so that nothing grows with the length of a run.
 *
 * <p>Must not know the order of a run or its verdict. Start reading at {@link
 * besser.rig.real.LinuxDevice}.
 */
@NullMarked
package besser.rig.real;

import org.jspecify.annotations.NullMarked;
