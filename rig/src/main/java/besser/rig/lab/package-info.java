/**
 * A device to practise on: a virtual machine with a Wi-Fi access point and a station over simulated
 * air, built from Debian packages and run in software emulation. It is reached as any other device
 * is, over ssh.
 *
 * <p>Must not know devices, runs or plans. Start reading at {@link besser.rig.lab.Lab}.
 */
@NullMarked
package besser.rig.lab;

import org.jspecify.annotations.NullMarked;
