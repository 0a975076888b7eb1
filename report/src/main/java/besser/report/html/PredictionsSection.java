package besser.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;

import besser.experiment.verdict.Verdict;
import besser.report.text.Figures;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Each registered prediction against what came out. */
final class PredictionsSection {
  private PredictionsSection() {}

  static DomContent of(ReportInput input) {
    Verdict verdict = input.verdict();
    return Sections.titled(
        "predictions",
        "Predictions against outcomes",
        p(
            "Registered before the patched arm was measured. Band: what was claimed. Point and"
                + " whiskers: what was measured, with its interval; the sample is the repetition."),
        div(each(verdict.predictions(), result -> card(input, result))).withClass("cards"),
        Sections.asTable(
            "The same as a table",
            List.of("prediction", "stated", "baseline", "patched", "change", "interval", "result"),
            verdict.predictions().stream().map(result -> row(input, result)).toList()),
        p(verdict.power().words()).withClass("faint"));
  }

  private static DomContent card(ReportInput input, Verdict.PredictionResult result) {
    String unit = input.plan().unitOfOneRepetition(result.metric()).symbol();
    return div(
            div(
                    Sections.resultMark(result.claim().result()),
                    span("confidence " + result.confidence()).withClass("stated"))
                .withClass("card-head"),
            h3(result.metricName() + " @ " + result.step()),
            p(result.words()).withClass("claim"),
            IntervalPlot.of(result.metricName(), result.claim())
                .<DomContent>map(svg -> svg)
                .orElseGet(() -> span(nothingToDraw(result.measured())).withClass("faint")),
            p("baseline %s, patched %s%s"
                    .formatted(
                        values(result.measured().baseline(), unit),
                        values(result.measured().patched(), unit),
                        Figures.change(result.measured()).map(c -> " (" + c + ")").orElse("")))
                .withClass("figures"),
            p(result.claim().explanation()),
            p(result.claim().rule()).withClass("faint"))
        .withClass("card");
  }

  private static String nothingToDraw(Verdict.Measured measured) {
    return measured.patched().isEmpty()
        ? "not measured"
        : "too few repetitions for the figure that was claimed";
  }

  private static String values(List<Double> figures, String unit) {
    return figures.isEmpty()
        ? "not measured"
        : figures.stream().map(Figures::number).collect(Collectors.joining(" / ")) + " " + unit;
  }

  private static List<String> row(ReportInput input, Verdict.PredictionResult result) {
    String unit = input.plan().unitOfOneRepetition(result.metric()).symbol();
    return List.of(
        result.words(),
        result.confidence(),
        Sections.typical(result.measured().baselineTypical(), unit),
        Sections.typical(result.measured().patchedTypical(), unit),
        Sections.change(result.measured()),
        Sections.changeInterval(result.measured()),
        result.claim().result().name().toLowerCase(Locale.ROOT));
  }
}
