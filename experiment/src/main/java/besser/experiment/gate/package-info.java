/**
 * What a plan's phases still lack, and the records that fill the gaps.
 *
 * <p>The plan file stays its author's: what is found out later stands beside it, one JSON object a
 * line, never changed and never removed. Start at {@link besser.experiment.gate.PlanStatus} and
 * {@link besser.experiment.gate.RecordFile}.
 */
@NullMarked
package besser.experiment.gate;

import org.jspecify.annotations.NullMarked;
