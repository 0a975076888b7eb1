package besser.report.html;

import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import besser.experiment.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.List;

/** The plan's risks, and what checks found about them. */
final class RisksSection {
  private RisksSection() {}

  static DomContent of(ReportInput input) {
    List<Verdict.RiskAnswer> risks = input.verdict().risks();
    long real = risks.stream().filter(risk -> risk.answer().equals("real")).count();
    long open = risks.stream().filter(risk -> risk.answer().equals("open")).count();
    return Sections.titled(
        "risks",
        "Risks",
        p(
            "%d of %d are real, %d unchecked. A check on the model refutes; it does not prove."
                .formatted(real, risks.size(), open)),
        Sections.scrolling(
            List.of("risk", "answer", "what", "evidence"),
            risks.stream()
                .map(
                    risk -> List.of("R" + risk.number(), risk.answer(), risk.title(), risk.words()))
                .toList()),
        input.lockAudits().map(LockMatrix::of).orElseGet(() -> text("")));
  }
}
