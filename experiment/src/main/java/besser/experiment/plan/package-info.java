/**
 * The plan: what an engineer wants to change, how it will be measured, and what is expected.
 *
 * <p>Knows nothing of how a figure is obtained. Start at {@link besser.experiment.plan.Plan}, and
 * at {@link besser.experiment.plan.PlanReader} for the file that holds one.
 */
@NullMarked
package besser.experiment.plan;

import org.jspecify.annotations.NullMarked;
