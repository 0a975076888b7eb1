/** HTML, Markdown and DokuWiki from a finished run. */
@NullMarked
package besser.report;

import org.jspecify.annotations.NullMarked;
