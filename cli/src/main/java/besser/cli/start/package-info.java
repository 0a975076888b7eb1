/**
 * What makes a process start fast, done once after a build: a rehearsal, which the JVM watches to
 * keep classes and profiles of methods in its cache, and class files new enough to be kept there.
 * Must not know the commands: it is handed one that runs them. Start at {@link
 * besser.cli.start.Rehearsal}.
 */
@NullMarked
package besser.cli.start;

import org.jspecify.annotations.NullMarked;
