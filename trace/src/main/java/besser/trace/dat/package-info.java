/**
 * trace-cmd's container, trace.dat in versions 6 and 7, read and written, and directories of raw
 * ring-buffer pages. Knows nothing of how a trace was recorded. Start at {@link
 * besser.trace.dat.TraceDat} and {@link besser.trace.dat.TraceDatWriter}.
 */
@NullMarked
package besser.trace.dat;

import org.jspecify.annotations.NullMarked;
