/**
 * Looking for trouble in simulated kernel code: a {@link besser.check.Program} is run again and
 * again under schedules that a {@link besser.check.strategy.Strategy} chooses, while {@link
 * besser.check.Checker}s watch each run and yield {@link besser.check.Finding}s.
 *
 * <p>Programs do not know what watches them. Nothing here knows any driver, except {@code
 * besser.check.driver}. Start reading at {@link besser.check.Program}, then {@link
 * besser.check.explore.Explorer}.
 *
 * <p>To check code of your own, write a {@code Program}: its {@code run} asks its {@link
 * besser.check.Trial} for a machine, starts tasks and devices on it and runs it to an end. What the
 * standard checkers cannot know, add as a {@code Checker} of your own with {@link
 * besser.check.Trial#watch}.
 */
@NullMarked
package besser.check;

import org.jspecify.annotations.NullMarked;
