package besser.cli;

import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.report.text.TextTable;
import besser.rig.device.Device;
import besser.rig.device.RepetitionRequest;
import besser.rig.execution.Seeds;
import besser.rig.run.FigureRecord;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser rep}: one repetition, for exploration. */
@Command(
    name = "rep",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a single repetition of a plan's ramp on a device, with all that the plan captures, and",
      "prints its figures. For exploration: nothing is registered and nothing is judged.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser rep local: --plan threaded-napi --arm kthread",
      "  besser rep ssh://root@ohm --plan patch-c --quick --keep-trace",
      "  besser rep sim:pinetab2 --plan patch-c --quick --json"
    })
final class RepCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DEVICE", description = "sim:PROFILE, local: or ssh://[USER@]HOST")
  private String device = "";

  @Option(
      names = "--plan",
      defaultValue = "patch-c",
      paramLabel = "PLAN",
      description = "whose ramp and captures (default: ${DEFAULT-VALUE})")
  private String plan = "";

  @Option(names = "--arm", paramLabel = "VARIANT", description = "default: the plan's baseline")
  private Optional<String> arm = Optional.empty();

  @Option(names = "--seed", defaultValue = "1", description = "of a simulated device")
  private long seed;

  @Option(names = "--quick", description = "divide all durations of the ramp by 60")
  private boolean quick;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/rep-PLAN-TIME")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--allow", description = "allow the plan's commands without asking")
  private boolean allow;

  @Option(names = "--keep-trace", description = "keep each step's trace.dat of a real device")
  private boolean keepTrace;

  @Option(names = "--json", description = "print the repetition's record as JSON")
  private boolean json;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Path file = Names.plan(plan);
    LoadedPlan loaded = PlanReader.read(file);
    try (Device opened =
        Devices.open(device, loaded.plan(), Names.ships(file), allow, keepTrace, terminal)) {
      String variant = arm.orElse(loaded.plan().protocol().baselineVariant());
      if (!opened.variants().contains(variant)) {
        throw new BadInput(
            "%s has no variant '%s'; it has %s".formatted(device, variant, opened.variants()));
      }
      RepetitionRecord record = run(loaded, opened, new RepetitionId(variant, 1));
      terminal.print(
          json ? List.of(Json.page(record).stripTrailing()) : lines(record, opened.simulated()));
      return ExitStatus.DONE;
    }
  }

  private RepetitionRecord run(LoadedPlan loaded, Device opened, RepetitionId id) {
    RunDirectory directory =
        RunDirectory.create(
            out.orElseGet(() -> Names.freshRun("rep-" + loaded.plan().id(), quick)));
    RepetitionRequest request =
        new RepetitionRequest(
            loaded.plan(), "other", id, Seeds.ofRepetition(seed, id), Durations.divisor(quick));
    try (ProgressDisplay progress = new ProgressDisplay(terminal, 1);
        Interruption _ = progress.stoppedBySignal(inTime -> {})) {
      RepetitionRecord record = opened.run(request, directory, progress);
      directory.writeRepetition(record);
      terminal.say("kept in " + directory.repetitionFolder(id));
      return record;
    }
  }

  private List<String> lines(RepetitionRecord record, boolean simulated) {
    List<String> lines = new ArrayList<>();
    lines.add("%s on %s%s".formatted(record.id(), device, simulated ? " (simulated)" : ""));
    for (StepRecord step : record.steps()) {
      lines.add("");
      lines.add(String.format(Locale.ROOT, "%s, %.0f s", step.step(), step.seconds()));
      TextTable table =
          new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.LEFT);
      for (FigureRecord figure : step.figures()) {
        table.row(
            "  " + figure.metric(),
            String.format(Locale.ROOT, "%,.3f", figure.value()),
            figure.unit() + figure.doubt().map(d -> ", " + d).orElse(""));
      }
      step.unmeasured().forEach((metric, why) -> table.row("  " + metric, "-", why));
      lines.addAll(table.lines());
      step.linkDeath().ifPresent(d -> lines.add("  the link died: " + d.reason()));
      step.invalid().forEach(i -> lines.add("  invalid: " + i.words()));
      step.notes().forEach(note -> lines.add("  " + note));
    }
    return lines;
  }
}
