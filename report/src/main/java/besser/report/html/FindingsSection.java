package besser.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;

import besser.experiment.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** Everything the verdict has to explain. */
final class FindingsSection {
  private FindingsSection() {}

  static DomContent of(ReportInput input) {
    List<Verdict.Finding> findings = input.verdict().findings();
    if (findings.isEmpty()) {
      return Sections.titled("findings", "Findings", p("None."));
    }
    return Sections.titled(
        "findings",
        "Findings: " + findings.size(),
        ol(each(findings, FindingsSection::finding)).withClass("findings"));
  }

  private static DomContent finding(Verdict.Finding finding) {
    String kind = finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return li(
        span(kind).withClasses("kind", finding.blocks() ? "blocks" : "noted"),
        span(" " + finding.sentence()),
        finding
            .explainedBy()
            .<DomContent>map(by -> p("Explained by: " + by).withClass("faint"))
            .orElseGet(() -> span()),
        iff(
            !finding.evidence().isEmpty(),
            details(
                summary("evidence"),
                pre(String.join("\n", finding.evidence())).attr("tabindex", "0"))));
  }
}
