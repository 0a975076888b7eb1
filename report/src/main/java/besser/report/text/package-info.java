/**
 * Verdicts and tables as lines of text, for terminals and pipes.
 *
 * <p>Must not know where the text goes. Start reading at {@link besser.report.text.VerdictText}.
 */
@NullMarked
package besser.report.text;

import org.jspecify.annotations.NullMarked;
