package besser.report.html;

import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.p;

import besser.rig.run.RunRecord;
import j2html.tags.DomContent;
import java.util.stream.Collectors;

/** How the figures were obtained, and how to obtain them again. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  static DomContent of(ReportInput input) {
    RunRecord run = input.run();
    return Sections.titled(
        "provenance",
        "How this was obtained",
        p(
            run.simulated()
                ? "Every figure in this report is of a simulated device: it says what the model"
                    + " predicts, not what hardware did."
                : "Every figure in this report was measured on the device named."),
        dl(
            dt("device"),
            dd(run.device()),
            dt("profile, SHA-256"),
            dd(code(run.profileHash())),
            dt("plan as registered, SHA-256"),
            dd(code(input.verdict().planSha256())),
            dt("judged parts, SHA-256"),
            dd(code(input.verdict().judgedSha256())),
            dt("seed"),
            dd(Long.toString(run.seed())),
            dt("durations divided by"),
            dd(Integer.toString(run.durationDivisor())),
            dt("order of runs"),
            dd(
                run.order().stream()
                    .map(slot -> slot.repetition().toString())
                    .collect(Collectors.joining(", "))),
            dt("besser"),
            dd(run.besserVersion()),
            dt("again"),
            dd(code(command(run)))));
  }

  private static String command(RunRecord run) {
    return "besser run %s --device %s --seed %d%s"
        .formatted(
            run.plan(), run.device(), run.seed(), run.durationDivisor() == 1 ? "" : " --quick");
  }
}
