/**
 * Holds events and functions against what a plan names: {@link besser.metrics.match.EventTest}
 * compiles a filter for one event format, {@link besser.metrics.match.NamePattern} compares names.
 * Knows nothing of figures.
 */
@NullMarked
package besser.metrics.match;

import org.jspecify.annotations.NullMarked;
