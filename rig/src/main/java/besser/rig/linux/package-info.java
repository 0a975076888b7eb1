/**
 * What Java has no API for on Linux: network namespaces, socket options such as {@code TCP_INFO},
 * and how exactly a thread is woken. Where the system is not Linux, each says so and why, and its
 * caller goes on without.
 *
 * <p>Must not know devices or experiments. Start reading at {@link
 * besser.rig.linux.NetworkNamespace} and {@link besser.rig.linux.KernelSocket}.
 */
@NullMarked
package besser.rig.linux;

import org.jspecify.annotations.NullMarked;
