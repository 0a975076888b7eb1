/**
 * The kernel's ring-buffer pages, as {@code trace_pipe_raw} hands them out and trace.dat keeps
 * them: a cursor over their events and a builder that lays new ones out. Knows no file format
 * around the pages. Start at {@link besser.trace.ring.RingCursor}.
 */
@NullMarked
package besser.trace.ring;

import org.jspecify.annotations.NullMarked;
