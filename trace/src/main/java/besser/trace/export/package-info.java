/**
 * Writes what other viewers open: folded stacks (FlameGraph, speedscope), speedscope's JSON, and
 * Perfetto's trace.
 *
 * <p>Everything here is a sink of events or samples and knows no source. Start at {@link
 * besser.trace.export.FoldedStacks}, {@link besser.trace.export.SpeedscopeProfile} and {@link
 * besser.trace.export.PerfettoTrace}.
 */
@NullMarked
package besser.trace.export;

import org.jspecify.annotations.NullMarked;
