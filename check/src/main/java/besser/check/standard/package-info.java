/**
 * What is used when nobody says otherwise: the checkers that need no knowledge of a driver, and the
 * strategies by name. Start reading at {@link besser.check.standard.StandardCheckers}.
 */
@NullMarked
package besser.check.standard;

import org.jspecify.annotations.NullMarked;
