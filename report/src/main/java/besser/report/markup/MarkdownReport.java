package besser.report.markup;

import besser.experiment.plan.Plan;
import besser.experiment.verdict.Outcome;
import besser.experiment.verdict.Verdict;
import besser.report.text.Figures;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import besser.rig.run.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A finished run as GitHub-flavoured Markdown, for commit messages, issues and mails. */
public final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();
  private final Plan plan;
  private final Verdict verdict;

  private MarkdownReport(Plan plan, Verdict verdict) {
    this.plan = plan;
    this.verdict = verdict;
  }

  /** The report. */
  public static String render(RunDirectory directory, Plan plan, Verdict verdict) {
    MarkdownReport report = new MarkdownReport(plan, verdict);
    RunRecord run = directory.run();
    report.head(run);
    report.predictions();
    report.goal();
    report.findings();
    report.figures();
    report.repetitions(directory.repetitions());
    report.provenance(run);
    return report.text.toString();
  }

  private void head(RunRecord run) {
    line("# " + plan.title());
    String where = run.simulated() ? "**simulated** device " : "device ";
    String quick =
        run.durationDivisor() == 1
            ? ""
            : "; **quick run**, durations divided by " + run.durationDivisor();
    line("Plan `" + plan.id() + "` on the " + where + "`" + run.device() + "`" + quick + ".");
    String decision =
        switch (verdict.decision()) {
          case Verdict.Proceed proceed -> "Proceed to phase " + proceed.phase();
          case Verdict.LoopBack back -> "Loop back to phase " + back.phase();
        };
    line("**" + decision + ".** " + cell(verdict.sentence()));
    for (String paragraph : verdict.explanation()) line(cell(paragraph));
  }

  private void predictions() {
    line("## Predictions");
    List<List<String>> rows = new ArrayList<>();
    for (Verdict.PredictionResult result : verdict.predictions()) {
      String unit = plan.unitOfOneRepetition(result.metric()).symbol();
      rows.add(
          List.of(
              result.words(),
              result.confidence(),
              typical(result.measured().baselineTypical(), unit),
              typical(result.measured().patchedTypical(), unit),
              Figures.change(result.measured()).orElse("—"),
              result.claim().result().name().toLowerCase(Locale.ROOT)));
    }
    table(List.of("prediction", "stated", "baseline", "patched", "change", "result"), rows);
    line(cell(verdict.power().words()));
  }

  private void goal() {
    line("## Goal: " + (verdict.goal().met() ? "met" : "not met"));
    for (Verdict.CriterionResult result : verdict.goal().criteria()) {
      item(
          result.claim().result().name().toLowerCase(Locale.ROOT)
              + ": "
              + result.words()
              + ". "
              + result.claim().explanation());
    }
    text.append('\n');
  }

  private void findings() {
    line("## Findings: " + verdict.findings().size());
    for (Verdict.Finding finding : verdict.findings()) {
      String kind = finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      item((finding.blocks() ? "**" + kind + "**: " : kind + ": ") + finding.sentence());
    }
    text.append('\n');
  }

  private void figures() {
    line("## All figures");
    List<List<String>> rows = new ArrayList<>();
    for (Verdict.Comparison comparison : verdict.comparisons()) {
      rows.add(
          List.of(
              comparison.step(),
              comparison.metricName(),
              typical(comparison.measured().baselineTypical(), comparison.unit()),
              typical(comparison.measured().patchedTypical(), comparison.unit()),
              Figures.change(comparison.measured()).orElse("—"),
              comparison.changed() ? "beyond noise" : ""));
    }
    table(List.of("step", "metric", "baseline", "patched", "change", ""), rows);
  }

  private void repetitions(List<RepetitionRecord> repetitions) {
    line("## Repetitions");
    List<List<String>> rows = new ArrayList<>();
    for (RepetitionRecord repetition : repetitions) {
      for (StepRecord step : repetition.steps()) {
        rows.add(
            List.of(
                repetition.id().toString(),
                step.step(),
                step.figure("goodput").map(f -> Figures.of(f.value(), f.unit())).orElse("—"),
                step.linkDeath()
                    .map(d -> "link died at " + Figures.of(d.atSeconds(), "s") + ": " + d.reason())
                    .orElse(
                        String.join(
                            "; ",
                            step.invalid().stream().map(Outcome.Invalidity::words).toList()))));
      }
    }
    table(List.of("repetition", "step", "goodput", "what happened"), rows);
  }

  private void provenance(RunRecord run) {
    line("## How this was obtained");
    item("device `" + run.device() + "`, profile SHA-256 `" + run.profileHash() + "`");
    item("plan as registered, SHA-256 `" + verdict.planSha256() + "`");
    item("seed " + run.seed() + ", besser " + run.besserVersion());
  }

  private static String typical(Optional<Double> value, String unit) {
    return value.map(v -> Figures.of(v, unit)).orElse("—");
  }

  private void table(List<String> heads, List<List<String>> rows) {
    row(heads);
    row(heads.stream().map(head -> "---").toList());
    rows.forEach(this::row);
    text.append('\n');
  }

  private void row(List<String> cells) {
    text.append("| ");
    text.append(String.join(" | ", cells.stream().map(MarkdownReport::cell).toList()));
    text.append(" |\n");
  }

  private void line(String content) {
    text.append(content).append("\n\n");
  }

  private void item(String content) {
    text.append("- ").append(cell(content)).append('\n');
  }

  /** Text that may stand in a table cell: names with underscores and stars stay what they are. */
  private static String cell(String content) {
    return content
        .replace("\n", " ")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("<", "&lt;");
  }
}
