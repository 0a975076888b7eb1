/**
 * The run as Markdown, and the plan as the DokuWiki page on which it is handed to its reviewer.
 *
 * <p>Start reading at {@link besser.report.markup.MarkdownReport} and {@link
 * besser.report.markup.HandOver}.
 */
@NullMarked
package besser.report.markup;

import org.jspecify.annotations.NullMarked;
