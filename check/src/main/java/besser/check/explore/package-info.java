/**
 * Runs a program under many schedules on several threads and merges what was found. The same seeds
 * give the same findings, whatever the number of threads.
 *
 * <p>Knows neither checkers nor strategies by name. Start reading at {@link
 * besser.check.explore.Explorer}.
 */
@NullMarked
package besser.check.explore;

import org.jspecify.annotations.NullMarked;
