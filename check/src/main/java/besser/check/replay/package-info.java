/**
 * A finding as a file: the few steps in which a run differs from the undisturbed one, their
 * shrinking to the fewest, and their replay with a picture of who ran when.
 *
 * <p>Knows programs and runs, no checker by name. Start reading at {@link
 * besser.check.replay.Step}, {@link besser.check.replay.Shrinker} and {@link
 * besser.check.replay.FindingFile}.
 */
@NullMarked
package besser.check.replay;

import org.jspecify.annotations.NullMarked;
