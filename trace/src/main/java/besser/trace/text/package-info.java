/**
 * Reads what perf and ftrace print: the text of {@code perf script}, and of tracefs' {@code trace}
 * and {@code trace_pipe}.
 *
 * <p>Start at {@link besser.trace.text.PerfScriptText} and {@link besser.trace.text.FtraceText}.
 * Text holds less than the binary forms; prefer those where there is a choice.
 */
@NullMarked
package besser.trace.text;

import org.jspecify.annotations.NullMarked;
