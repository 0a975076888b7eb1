package besser.report.html;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.ul;

import besser.experiment.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** Variants beyond the plan's two arms, each against the baseline. */
final class OtherArmsSection {
  private OtherArmsSection() {}

  static List<DomContent> of(ReportInput input) {
    List<Verdict.OtherArm> others = input.verdict().others();
    if (others.isEmpty()) return List.of();
    return List.of(
        Sections.titled(
            "others",
            "Also compared",
            p(
                "Each variant stands in the patched arm's place, against the same baseline. These"
                    + " figures decide nothing."),
            each(others, OtherArmsSection::arm)));
  }

  private static DomContent arm(Verdict.OtherArm other) {
    return section(
        h3(other.variant()),
        p(
            (other.goalMet() ? "Would meet the goal; " : "Would not meet the goal; ")
                + other.used()
                + " valid repetitions."),
        ul(each(other.events(), event -> li("repetition " + event))),
        Sections.scrolling(
            List.of("prediction", "result", "explanation"),
            other.predictions().stream()
                .map(
                    r ->
                        List.of(
                            r.words(), r.result().name().toLowerCase(Locale.ROOT), r.explanation()))
                .toList()),
        Sections.asTable(
            "all figures of " + other.variant(),
            List.of("step", "metric", "baseline", other.variant(), "change", "beyond noise"),
            other.comparisons().stream().map(OtherArmsSection::row).toList()));
  }

  private static List<String> row(Verdict.Comparison comparison) {
    return List.of(
        comparison.step(),
        comparison.metricName(),
        Sections.typical(comparison.measured().baselineTypical(), comparison.unit()),
        Sections.typical(comparison.measured().patchedTypical(), comparison.unit()),
        Sections.change(comparison.measured()),
        comparison.changed() ? "changed" : "");
  }
}
