/**
 * From what was measured to what it means.
 *
 * <p>{@link besser.experiment.verdict.Outcome} is what a run hands in, {@link
 * besser.experiment.verdict.Verdict} what comes out, {@link besser.experiment.verdict.Judge} the
 * rules between them; {@code docs/statistics.md} explains each rule. Knows nothing of devices,
 * traces or reports.
 */
@NullMarked
package besser.experiment.verdict;

import org.jspecify.annotations.NullMarked;
