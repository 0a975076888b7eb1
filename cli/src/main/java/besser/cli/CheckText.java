package besser.cli;

import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.Program;
import besser.check.campaign.CampaignRequest;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.campaign.ProgramResult;
import besser.check.coverage.Coverage;
import besser.check.driver.DriverScenario;
import besser.check.replay.FindingText;
import besser.check.replay.Step;
import besser.check.standard.Programs;
import besser.check.standard.StandardStrategies;
import besser.check.strategy.Strategy;
import besser.experiment.plan.Protocol;
import besser.report.text.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a search found, as text. */
final class CheckText {
  private static final int STEPS_SHOWN = 20;
  private static final int WIDTH = 98;
  private static final String DRIVER = "bes2600";

  private final CampaignResult result;
  private final CampaignRequest request;
  private final Function<Confirmed, Path> fileOf;
  private final boolean all;

  CheckText(
      CampaignResult result,
      CampaignRequest request,
      Function<Confirmed, Path> fileOf,
      boolean all) {
    this.result = result;
    this.request = request;
    this.fileOf = fileOf;
    this.all = all;
  }

  /** Everything, in the order found. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    section(lines, "", result.findings());
    summary(lines);
    return lines;
  }

  /** What the patched arm alone shows, then what the baseline shows too. */
  List<String> compared(Protocol protocol) {
    String baseline = protocol.baselineVariant() + "/";
    List<Confirmed> shipped = new ArrayList<>();
    List<Confirmed> added = new ArrayList<>();
    for (Confirmed finding : result.findings()) {
      boolean before = finding.programs().stream().anyMatch(p -> p.startsWith(baseline));
      (before ? shipped : added).add(finding);
    }
    List<String> lines = new ArrayList<>();
    section(lines, "As it ships (" + protocol.baselineVariant() + ")", shipped);
    section(lines, "Only with the change (" + protocol.patchedVariant() + ")", added);
    summary(lines);
    return lines;
  }

  private void section(List<String> lines, String title, List<Confirmed> findings) {
    if (!title.isEmpty()) {
      lines.add(title + ": " + count(findings.size(), "finding"));
      lines.add("");
    }
    Set<FindingKind> shown = EnumSet.noneOf(FindingKind.class);
    List<Confirmed> brief = new ArrayList<>();
    for (Confirmed finding : findings) {
      if (all || shown.add(finding.finding().kind())) {
        full(lines, finding);
      } else {
        brief.add(finding);
      }
    }
    if (brief.isEmpty()) return;
    lines.add("More of these kinds (--all prints them in full):");
    for (Confirmed finding : brief) {
      lines.add("  " + finding.finding().kind().id() + ": " + finding.finding().message());
      lines.add("    besser replay " + fileOf.apply(finding));
    }
    lines.add("");
  }

  private void full(List<String> lines, Confirmed confirmed) {
    Finding finding = confirmed.finding();
    lines.addAll(FindingText.lines(finding));
    lines.add(
        "seen in "
            + String.join(", ", confirmed.programs())
            + ", "
            + count(confirmed.runs(), "run"));
    List<Step> steps = confirmed.file().steps();
    if (steps.isEmpty()) {
      lines.add("needs no interference: the undisturbed run shows it");
    } else {
      lines.add(
          "%d of %d %s, at load %d:"
              .formatted(
                  steps.size(),
                  confirmed.stepsBefore(),
                  confirmed.file().minimal()
                      ? "steps needed, each of them"
                      : "steps left, not all of them known to be needed",
                  confirmed.file().load()));
      for (Step step : steps.subList(0, Math.min(STEPS_SHOWN, steps.size()))) {
        lines.add("  " + step);
      }
      if (steps.size() > STEPS_SHOWN) {
        lines.add("  and " + (steps.size() - STEPS_SHOWN) + " more, see its file");
      }
    }
    lines.add("replay: besser replay " + fileOf.apply(confirmed));
    lines.add("");
  }

  private void summary(List<String> lines) {
    TextTable table =
        new TextTable(
            TextTable.Align.LEFT,
            TextTable.Align.RIGHT,
            TextTable.Align.RIGHT,
            TextTable.Align.RIGHT);
    table.row("program", "schedules", "per second", "findings");
    for (ProgramResult program : result.programs()) {
      table.row(
          program.program() + (program.exploration().exhausted() ? " (all there are)" : ""),
          "%,d".formatted(program.exploration().schedules()),
          "%,.0f".formatted(program.exploration().schedulesPerSecond()),
          String.valueOf(program.exploration().found().size()));
    }
    lines.addAll(table.lines());
    lines.add("");
    coverage(lines);
    lines.add(
        "%s in %,d simulated runs; strategy %s, seed %d, budget %s"
            .formatted(
                count(result.findings().size(), "finding"),
                result.schedules(),
                request.strategy().name(),
                request.seed(),
                request.budget()));
    if (result.stopped()) lines.add("interrupted: what was not reached by then is not in this");
    if (result.notMinimal() > 0) {
      lines.add(
          "%d of them not shrunk to the end: a longer --budget or --shrink-time does it"
              .formatted(result.notMinimal()));
    }
    if (result.findings().isEmpty()) {
      lines.add(
          "That nothing was found proves nothing: docs/checking.md says what is not checked.");
    }
  }

  private void coverage(List<String> lines) {
    Coverage coverage = new Coverage();
    for (ProgramResult program : result.programs()) coverage.add(program.exploration().coverage());
    int functions = coverage.states(DRIVER).size();
    List<String> missing = coverage.functionsNotReached(DRIVER);
    if (functions > 0) {
      lines.add(
          "reached %d of %d functions of the driver, in %d contexts and states"
              .formatted(functions, functions + missing.size(), coverage.reached(DRIVER)));
      wrapped(lines, "functions not reached: ", missing);
    }
    wrapped(lines, "faults that occurred: ", coverage.faultsReached());
    wrapped(lines, "faults that were possible and did not occur: ", coverage.faultsNotReached());
    if (!lines.getLast().isEmpty()) lines.add("");
  }

  private static void wrapped(List<String> lines, String title, List<String> names) {
    if (names.isEmpty()) return;
    StringBuilder line = new StringBuilder(title);
    for (int i = 0; i < names.size(); i++) {
      String word = names.get(i) + (i + 1 < names.size() ? ", " : "");
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder("  ");
      }
      line.append(word);
    }
    lines.add(line.toString());
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** What {@code --list} prints. */
  static List<String> listing() {
    List<String> lines = new ArrayList<>();
    TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT);
    table.row("strategies (--strategy)", "");
    for (Strategy strategy : StandardStrategies.all()) {
      table.row("  " + strategy.name(), strategy.summary());
    }
    table.row("scenarios (--scenario)", "");
    for (DriverScenario scenario : DriverScenario.values()) {
      table.row("  " + scenario.id(), scenario.summary());
    }
    table.row("programs that teach (--program)", "");
    for (Program program : Programs.canaries()) {
      table.row("  " + program.name(), program.summary());
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.add("`besser variants` lists the variants of the driver.");
    return lines;
  }
}
