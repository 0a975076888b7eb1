package besser.report.html;

import static j2html.TagCreator.p;

import besser.experiment.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.List;

/** The plan's gates that nothing satisfies yet. */
final class GatesSection {
  private GatesSection() {}

  static DomContent of(ReportInput input) {
    List<Verdict.OpenGate> gates = input.verdict().openGates();
    if (gates.isEmpty()) return Sections.titled("gates", "Gates", p("All are satisfied."));
    return Sections.titled(
        "gates",
        "Open gates: " + gates.size(),
        Sections.scrolling(
            List.of("gate", "before phase", "state", "satisfied by"),
            gates.stream()
                .map(
                    gate ->
                        List.of(
                            gate.id(),
                            Integer.toString(gate.before()),
                            gate.state(),
                            gate.satisfiedBy()))
                .toList()));
  }
}
