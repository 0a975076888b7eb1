package besser.cli;

import besser.experiment.gate.PhaseStatus;
import besser.experiment.gate.PlanStatus;
import besser.experiment.gate.RecordFile;
import besser.experiment.gate.RiskStatus;
import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.report.text.Style;
import besser.report.text.Wrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser status}: where a plan stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the plan's phases 0 to 8: what each has, what it still lacks, and what would satisfy",
      "that. `besser record` adds what was found out."
    })
final class StatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLAN", description = "name of a plan in plans/, or a .yaml file")
  private String name = "";

  @Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Path file = Names.plan(name);
    LoadedPlan loaded = PlanReader.read(file);
    PlanStatus status;
    try {
      status = PlanStatus.of(loaded.plan(), RecordFile.beside(file).read());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the plan's records", e);
    }
    if (json) {
      terminal.print(Json.page(status).stripTrailing());
    } else {
      terminal.print(text(loaded, status));
    }
    return ExitStatus.DONE;
  }

  private List<String> text(LoadedPlan loaded, PlanStatus status) {
    Style style = terminal.outStyle();
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(loaded.plan().title()));
    for (PhaseStatus phase : status.phases()) {
      String head = "phase %d, %s: ".formatted(phase.number(), phase.name());
      String state =
          switch (phase.state()) {
            case DONE -> style.good("done");
            case OPEN -> style.open("open");
            case WAITING -> style.faint("waits for an earlier phase");
          };
      lines.add("");
      lines.add(style.strong(head) + state);
      for (String has : phase.has()) item(lines, "has    ", has);
      for (PhaseStatus.Lack lack : phase.lacks()) {
        item(lines, style.open("lacks  "), lack.what());
        item(lines, "       ", "satisfied by: " + lack.satisfiedBy());
      }
    }
    risks(lines, status, style);
    return lines;
  }

  private void risks(List<String> lines, PlanStatus status, Style style) {
    if (status.risks().isEmpty()) return;
    lines.add("");
    lines.add(style.strong("risks"));
    for (RiskStatus risk : status.risks()) {
      String mark =
          switch (risk.state()) {
            case OPEN -> style.open("open   ");
            case NOT_SEEN -> style.good("unseen ");
            case REAL -> style.bad("REAL   ");
          };
      item(lines, mark, "R%d %s".formatted(risk.risk().number(), risk.risk().title()));
      item(lines, "       ", risk.words());
    }
  }

  private void item(List<String> lines, String mark, String text) {
    List<String> wrapped = Wrap.lines(text, terminal.width() - 9, "");
    lines.add("  " + mark + wrapped.getFirst());
    for (String line : wrapped.subList(1, wrapped.size())) lines.add(" ".repeat(9) + line);
  }
}
