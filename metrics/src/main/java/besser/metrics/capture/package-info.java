/**
 * Captures on disk, and their way into figures and tables: {@link besser.metrics.capture.Capture}
 * is a recording or a directory of what one run left, {@link besser.metrics.capture.Analysis} reads
 * it once and computes all that was asked for.
 *
 * <p>Knows no plans and prints nothing.
 */
@NullMarked
package besser.metrics.capture;

import org.jspecify.annotations.NullMarked;
