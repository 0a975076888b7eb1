package besser.report.text;

import besser.experiment.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict as lines of text: the sentence first, then what it rests on. */
public final class VerdictText {
  private final Verdict verdict;
  private final Style style;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private VerdictText(Verdict verdict, Style style, int width) {
    this.verdict = verdict;
    this.style = style;
    this.width = Math.max(60, width);
  }

  /** The verdict in lines of at most {@code width} characters where tables allow it. */
  public static List<String> lines(Verdict verdict, Style style, int width) {
    VerdictText text = new VerdictText(verdict, style, width);
    text.head();
    text.predictions();
    text.goal();
    text.findings();
    text.risks();
    text.others();
    text.power();
    return List.copyOf(text.lines);
  }

  private void head() {
    lines.add(style.faint(origin()));
    lines.add("");
    for (String line : Wrap.lines(verdict.sentence(), width, "")) {
      lines.add(
          switch (verdict.decision()) {
            case Verdict.Proceed _ -> style.good(style.strong(line));
            case Verdict.LoopBack _ -> style.bad(style.strong(line));
          });
    }
    for (String reason : verdict.explanation()) {
      lines.add("");
      paragraph(reason);
    }
  }

  private String origin() {
    var origin = verdict.origin();
    StringBuilder text = new StringBuilder(verdict.plan());
    text.append(origin.simulated() ? " on the simulated device " : " on ").append(origin.device());
    origin.seed().ifPresent(seed -> text.append(", seed ").append(seed));
    text.append(", ")
        .append(verdict.power().baselineRepetitions())
        .append(" + ")
        .append(verdict.power().patchedRepetitions())
        .append(" valid repetitions");
    if (origin.durationDivisor() != 1) {
      text.append(", QUICK: durations divided by ").append(origin.durationDivisor());
    }
    return text.toString();
  }

  private void predictions() {
    heading("Predictions");
    TextTable table =
        new TextTable(
            TextTable.Align.LEFT,
            TextTable.Align.LEFT,
            TextTable.Align.LEFT,
            TextTable.Align.LEFT,
            TextTable.Align.LEFT);
    for (Verdict.PredictionResult result : verdict.predictions()) {
      table.row(
          word(result.claim().result()),
          result.metricName() + " @ " + result.step(),
          result.claim().claimed(),
          outcome(result),
          "(" + result.confidence() + ")");
    }
    indented(table.lines());
  }

  private void goal() {
    heading(verdict.goal().met() ? "Goal: met" : "Goal: not met");
    TextTable table =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT, TextTable.Align.LEFT);
    for (Verdict.CriterionResult result : verdict.goal().criteria()) {
      table.row(
          word(result.claim().result()),
          result.words(),
          arms(result.measured(), unitOf(result.metric(), result.step())));
    }
    indented(table.lines());
  }

  private void findings() {
    heading("Findings: " + verdict.findings().size());
    for (Verdict.Finding finding : verdict.findings()) {
      String mark = finding.blocks() ? style.bad("blocks ") : style.faint("noted  ");
      List<String> wrapped = Wrap.lines(finding.sentence(), width - 9, "");
      lines.add("  " + mark + wrapped.getFirst());
      for (String line : wrapped.subList(1, wrapped.size())) lines.add(" ".repeat(9) + line);
      finding.explainedBy().ifPresent(by -> lines.add(" ".repeat(9) + "explained by: " + by));
    }
  }

  private void risks() {
    if (verdict.risks().stream().allMatch(risk -> risk.answer().equals("open"))) return;
    heading("Risks that were checked");
    TextTable table =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT, TextTable.Align.LEFT);
    for (Verdict.RiskAnswer risk : verdict.risks()) {
      table.row("R" + risk.number(), answer(risk.answer()), risk.title());
    }
    indented(table.lines());
  }

  private String answer(String answer) {
    return switch (answer) {
      case "real" -> style.bad("real");
      case "not-seen" -> style.good("not seen");
      default -> style.faint(answer);
    };
  }

  /** Further variants against the baseline: what each would make of the plan's predictions. */
  private void others() {
    for (Verdict.OtherArm other : verdict.others()) {
      String goal = other.goalMet() ? "would meet the goal" : "would not meet the goal";
      heading("Also compared: " + other.variant() + " (" + goal + ")");
      for (String event : other.events()) lines.add("  repetition " + event);
      TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
      for (Verdict.OtherResult result : other.predictions()) {
        table.row(word(result.result()), result.words());
      }
      indented(table.lines());
      changes(other);
    }
  }

  private void changes(Verdict.OtherArm other) {
    TextTable table =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT, TextTable.Align.LEFT);
    int rows = 0;
    for (Verdict.Comparison comparison : other.comparisons()) {
      if (!comparison.changed()) continue;
      rows++;
      String name = comparison.metricName() + " @ " + comparison.step();
      table.row("changed", name, arms(comparison.measured(), comparison.unit()));
    }
    if (rows > 0) indented(table.lines());
  }

  private void power() {
    heading("What this many repetitions can see");
    lines.addAll(Wrap.lines(verdict.power().words(), width, "  "));
  }

  private String unitOf(String metric, String step) {
    return verdict.comparisons().stream()
        .filter(c -> c.metric().equals(metric) && c.step().equals(step))
        .map(Verdict.Comparison::unit)
        .findFirst()
        .orElse("");
  }

  /** Both arms; where the metric is one of the repetitions together, the figure of the claim. */
  private String outcome(Verdict.PredictionResult result) {
    String unit = unitOf(result.metric(), result.step());
    if (!unit.isEmpty()) return arms(result.measured(), unit);
    return result.claim().figure().map(f -> "ratio " + Figures.number(f)).orElse("not measured");
  }

  private static String arms(Verdict.Measured measured, String unit) {
    String baseline = measured.baselineTypical().map(Figures::number).orElse("—");
    String patched = measured.patchedTypical().map(v -> Figures.of(v, unit)).orElse("not measured");
    String change = Figures.change(measured).map(c -> " (" + c + ")").orElse("");
    return baseline + " → " + patched + change;
  }

  private String word(Verdict.Result result) {
    String text = result.name().toLowerCase(Locale.ROOT);
    return switch (result) {
      case CONFIRMED -> style.good(text);
      case REFUTED -> style.bad(text);
      case INCONCLUSIVE -> style.open(text);
    };
  }

  private void heading(String text) {
    lines.add("");
    lines.add(style.strong(text));
  }

  private void paragraph(String text) {
    lines.addAll(Wrap.lines(text, width, ""));
  }

  private void indented(List<String> more) {
    for (String line : more) lines.add("  " + line);
  }
}
