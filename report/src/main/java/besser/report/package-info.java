/**
 * What a finished run looks like to people: HTML, Markdown, DokuWiki and terminal text.
 *
 * <p>Reads a run directory and its verdict, decides nothing. {@link besser.report.text} is for
 * terminals.
 */
@NullMarked
package besser.report;

import org.jspecify.annotations.NullMarked;
