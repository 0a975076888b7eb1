/**
 * The report as one HTML file that opens offline.
 *
 * <p>Every picture is also a table, every colour also a word; nothing needs a mouse. Start reading
 * at {@link besser.report.html.HtmlReport}.
 */
@NullMarked
package besser.report.html;

import org.jspecify.annotations.NullMarked;
