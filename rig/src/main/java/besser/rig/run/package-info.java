/**
 * A run on disk: its directory, its append-only journal, and the records it holds.
 *
 * <p>Must not know any device. Start reading at {@link besser.rig.run.RunDirectory}.
 */
@NullMarked
package besser.rig.run;

import org.jspecify.annotations.NullMarked;
