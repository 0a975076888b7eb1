/**
 * Runs {@code perf record}. Knows perf's command line, not its file format. Start at {@link
 * besser.trace.perf.record.PerfRecorder}.
 */
@NullMarked
package besser.trace.perf.record;

import org.jspecify.annotations.NullMarked;
