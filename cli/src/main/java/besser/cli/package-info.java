/**
 * The commands: each turns its arguments into calls of the modules below, and their results into
 * text and exit codes. Decides nothing. Start reading at {@link besser.cli.Main}.
 */
@NullMarked
package besser.cli;

import org.jspecify.annotations.NullMarked;
