package besser.report.html;

import static j2html.TagCreator.p;

import besser.experiment.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** Every metric at every step, predicted or not. */
final class FiguresSection {
  private FiguresSection() {}

  static DomContent of(ReportInput input) {
    List<List<String>> rows = new ArrayList<>();
    for (Verdict.Comparison comparison : input.verdict().comparisons()) {
      rows.add(
          List.of(
              comparison.step(),
              comparison.metricName(),
              Sections.typical(comparison.measured().baselineTypical(), comparison.unit()),
              Sections.typical(comparison.measured().patchedTypical(), comparison.unit()),
              Sections.change(comparison.measured()),
              Sections.changeInterval(comparison.measured()),
              comparison.changed() ? "changed" : "",
              comparison.predicted() ? "predicted" : ""));
    }
    return Sections.titled(
        "figures",
        "All figures",
        p(
            "Geometric means over the valid repetitions of each arm; the interval is that of the"
                + " ratio of the arms."),
        Sections.scrolling(
            List.of(
                "step", "metric", "baseline", "patched", "change", "interval", "beyond noise", ""),
            rows));
  }
}
