package besser.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.summary;

import besser.experiment.verdict.Outcome;
import besser.report.text.Figures;
import besser.rig.run.LinkDeath;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.StepRecord;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Each repetition by itself: goodput a step, what happened, its kernel log. */
final class RepetitionsSection {
  private static final int LOG_LINES = 200;

  private RepetitionsSection() {}

  static DomContent of(ReportInput input) {
    List<List<String>> rows = new ArrayList<>();
    for (RepetitionRecord repetition : input.repetitions()) {
      for (StepRecord step : repetition.steps()) rows.add(row(repetition, step));
    }
    return Sections.titled(
        "repetitions",
        "Repetitions",
        Sections.scrolling(
            List.of("repetition", "step", "offered", "goodput", "what happened", "seed"), rows),
        div(each(input.kernelLogs().entrySet(), RepetitionsSection::log)));
  }

  private static List<String> row(RepetitionRecord repetition, StepRecord step) {
    List<String> happened =
        new ArrayList<>(step.invalid().stream().map(Outcome.Invalidity::words).toList());
    step.linkDeath().map(RepetitionsSection::death).ifPresent(happened::add);
    happened.addAll(step.notes());
    return List.of(
        repetition.id().toString(),
        step.step(),
        Figures.of(step.offeredBytesPerSecond() / 1000, "KB/s"),
        step.figure("goodput").map(f -> Figures.of(f.value(), f.unit())).orElse("—"),
        String.join("; ", happened),
        repetition.seed());
  }

  private static String death(LinkDeath death) {
    return "link died at " + Figures.of(death.atSeconds(), "s") + ": " + death.reason();
  }

  private static DomContent log(Map.Entry<String, List<String>> log) {
    List<String> lines = log.getValue();
    if (lines.isEmpty()) return p("Kernel log of " + log.getKey() + ": empty.").withClass("faint");
    List<String> shown = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    String cut =
        shown.size() < lines.size()
            ? "(%,d earlier lines are in the run directory)%n"
                .formatted(lines.size() - shown.size())
            : "";
    return details(
        summary("Kernel log of " + log.getKey() + ", " + lines.size() + " lines"),
        pre(cut + String.join("\n", shown)).attr("tabindex", "0"));
  }
}
