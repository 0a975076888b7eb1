package besser.cli;

import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.report.text.TextTable;
import besser.rig.device.Device;
import besser.rig.device.DeviceUnable;
import besser.rig.device.Progress;
import besser.rig.real.Finding;
import besser.rig.real.LinuxDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser preflight}: whether a device has what a plan needs. */
@Command(
    name = "preflight",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at everything that a plan needs of a real device before the first byte of load: the",
      "kernel, events, kprobes, perf, the arms, clock, link, port, temperature, other load, space.",
      "What is missing is shown with what it costs and what comes nearest.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 a run is possible; 3 something blocks it.",
      "",
      "Examples:",
      "  besser preflight threaded-napi --device local:",
      "  besser preflight patch-c --device ssh://root@ohm"
    })
final class PreflightCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLAN", description = "name of a plan in plans/, or a .yaml file")
  private String plan = "";

  @Option(names = "--device", paramLabel = "DEVICE", description = "local: or ssh://[USER@]HOST")
  private Optional<String> device = Optional.empty();

  @Option(names = "--allow", description = "allow the plan's commands without asking")
  private boolean allow;

  @Option(names = "--json", description = "print JSON instead of a table")
  private boolean json;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Path file = Names.plan(plan);
    LoadedPlan loaded = PlanReader.read(file);
    String wanted = device.or(() -> loaded.plan().device().usual()).orElse(Devices.USUAL);
    try (Device opened =
        Devices.open(wanted, loaded.plan(), Names.ships(file), allow, false, terminal)) {
      if (!(opened instanceof LinuxDevice real)) {
        throw new BadInput(
            "%s is simulated and has all there is; try --device local:".formatted(wanted));
      }
      List<Finding> findings = real.preflight(loaded.plan(), Path.of("runs"), Progress.NONE);
      if (json) {
        terminal.print(Json.page(findings).stripTrailing());
      } else {
        terminal.print(table(findings));
      }
      boolean blocked = findings.stream().anyMatch(f -> f.state() == Finding.State.BLOCKS);
      return blocked ? ExitStatus.DEVICE_UNABLE : ExitStatus.DONE;
    }
  }

  /**
   * Says before a run what the device lacks, and what that costs.
   *
   * @throws DeviceUnable when it lacks what no run can do without
   */
  static void require(Terminal terminal, LinuxDevice real, LoadedPlan loaded) {
    List<Finding> lacking =
        real.preflight(loaded.plan(), Path.of("runs"), Progress.NONE).stream()
            .filter(f -> f.state() != Finding.State.OK)
            .toList();
    table(lacking).forEach(terminal::say);
    if (lacking.stream().anyMatch(f -> f.state() == Finding.State.BLOCKS)) {
      throw new DeviceUnable(
          "%s cannot run %s; see above".formatted(real.name(), loaded.plan().id()));
    }
  }

  private static List<String> table(List<Finding> findings) {
    TextTable table =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.LEFT, TextTable.Align.LEFT);
    for (Finding finding : findings) {
      String state =
          switch (finding.state()) {
            case OK -> "ok";
            case COSTS -> "costs";
            case BLOCKS -> "BLOCKS";
          };
      String words =
          finding.consequence().isEmpty()
              ? finding.found()
              : finding.found() + "; " + finding.consequence();
      table.row(state, finding.what(), words);
    }
    return table.lines();
  }
}
