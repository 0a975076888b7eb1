/**
 * Records the events of this machine's kernel: an own tracefs instance, per-CPU pages streamed to
 * disk, and what is needed to read them later. Knows nothing of the command line. Start at {@link
 * besser.trace.record.Recorder}.
 */
@NullMarked
package besser.trace.record;

import org.jspecify.annotations.NullMarked;
