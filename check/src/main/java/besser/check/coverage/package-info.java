/**
 * What a search has reached, and what not. Start reading at {@link besser.check.coverage.Coverage}.
 */
@NullMarked
package besser.check.coverage;

import org.jspecify.annotations.NullMarked;
