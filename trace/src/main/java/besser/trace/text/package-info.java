/** Reads text that perf and ftrace print. */
@NullMarked
package besser.trace.text;

import org.jspecify.annotations.NullMarked;
