/**
 * What may be done in which context: rules that the kernel itself states, and that a run broke.
 * Start reading at {@link besser.check.context.ContextChecker}.
 */
@NullMarked
package besser.check.context;

import org.jspecify.annotations.NullMarked;
