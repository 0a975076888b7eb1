/**
 * The way to a device: a POSIX shell on it, run here, in a network namespace or at the end of an
 * ssh connection. Nothing is installed there, and what is started ends when its input does, so that
 * nothing outlives a besser that was killed or cut off.
 *
 * <p>Must not know plans, captures or traffic. Start reading at {@link
 * besser.rig.connection.Connection}.
 */
@NullMarked
package besser.rig.connection;

import org.jspecify.annotations.NullMarked;
