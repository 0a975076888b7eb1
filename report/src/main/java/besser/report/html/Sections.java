package besser.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import besser.experiment.verdict.Verdict;
import besser.report.text.Figures;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the report's sections share. */
final class Sections {
  private Sections() {}

  static DomContent titled(String id, String heading, DomContent... content) {
    return section(h2(heading)).with(content).withId(id);
  }

  /** A table in a box that scrolls by itself, so that a phone's page does not. */
  static DomContent scrolling(List<String> heads, List<List<String>> rows) {
    return div(table(
            thead(tr(each(heads, head -> th(head).attr("scope", "col")))),
            tbody(each(rows, row -> tr(each(row, cell -> td(cell)))))))
        .withClass("scroll")
        .attr("tabindex", "0");
  }

  /** The figures behind a picture, folded away. */
  static DomContent asTable(String what, List<String> heads, List<List<String>> rows) {
    return details(summary(what), scrolling(heads, rows));
  }

  static DomContent resultMark(Verdict.Result result) {
    String word = result.name().toLowerCase(Locale.ROOT);
    String mark =
        switch (result) {
          case CONFIRMED -> "✓ ";
          case REFUTED -> "✗ ";
          case INCONCLUSIVE -> "? ";
        };
    return span(mark + word).withClasses("mark", word);
  }

  static String typical(Optional<Double> value, String unit) {
    return value.map(v -> Figures.of(v, unit)).orElse("—");
  }

  static String change(Verdict.Measured measured) {
    return Figures.change(measured).orElse("—");
  }

  static String changeInterval(Verdict.Measured measured) {
    if (measured.fromNothing()) return "—";
    return measured
        .ratioInterval()
        .map(
            interval ->
                "%s … %s"
                    .formatted(
                        interval.low().map(Sections::bound).orElse("−∞"),
                        interval.high().map(Sections::bound).orElse("∞")))
        .orElse("—");
  }

  private static String bound(double ratio) {
    return ratio > 100 ? "×" + Figures.number(ratio) : Figures.change(ratio);
  }
}
