/**
 * Data races: FastTrack's happens-before algorithm (Flanagan and Freund, PLDI 2009) with the
 * kernel's edges and the kernel's rule of which accesses are marked.
 *
 * <p>Knows observers' events only. Start reading at {@link besser.check.race.RaceChecker}.
 */
@NullMarked
package besser.check.race;

import org.jspecify.annotations.NullMarked;
