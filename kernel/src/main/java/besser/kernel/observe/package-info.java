/**
 * What can be seen of a simulated machine: tracepoints, profile samples, and announcements to
 * observers.
 *
 * <p>Knows the port, not the machine. Nothing here changes what a machine does, and what nobody
 * looks at costs nothing. Start reading at {@link besser.kernel.observe.Observer}, {@link
 * besser.kernel.observe.Tracepoints} and {@link besser.kernel.observe.Profile}.
 */
@NullMarked
package besser.kernel.observe;

import org.jspecify.annotations.NullMarked;
