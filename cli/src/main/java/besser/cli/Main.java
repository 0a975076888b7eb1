package besser.cli;

import besser.experiment.plan.PlanRejected;
import besser.rig.device.DeviceFault;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.DamagedRun;
import besser.rig.run.RunInUse;
import besser.trace.TraceFormatException;
import besser.trace.perf.record.PerfRecordException;
import besser.trace.record.RecordingException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
    name = "besser",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Predicts, measures and judges a change to how a Linux driver receives.%n",
    footer = {
      "",
      "The shortest way in:  besser run patch-c --quick",
      "",
      "Exit status: 0 the job was done; 2 bad usage or input; 3 the device could not do it;",
      "130 interrupted. `besser verdict DIR --exit-code` gives 1 for loop back."
    })
public final class Main {
  /**
   * A command, named here too: looking up all their annotations takes longer than many a command.
   */
  private record Named(String name, Class<?> command) {}

  /** In the order of the help. */
  private static final List<Named> COMMANDS =
      List.of(
          new Named("run", RunCommand.class),
          new Named("preflight", PreflightCommand.class),
          new Named("rep", RepCommand.class),
          new Named("watch", WatchCommand.class),
          new Named("verdict", VerdictCommand.class),
          new Named("report", ReportCommand.class),
          new Named("status", StatusCommand.class),
          new Named("record", RecordCommand.class),
          new Named("ledger", LedgerCommand.class),
          new Named("plan", PlanCommand.class),
          new Named("variants", VariantsCommand.class),
          new Named("ops", OpsCommand.class),
          new Named("check", CheckCommand.class),
          new Named("replay", ReplayCommand.class),
          new Named("capture", CaptureCommand.class),
          new Named("traffic", TrafficCommand.class),
          new Named("lab", LabCommand.class),
          new Named("metrics", MetricsCommand.class),
          new Named("diff", DiffCommand.class),
          new Named("generate-completion", GenerateCompletion.class));

  private Main() {}

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /** All commands with besser's handling of failures. */
  static CommandLine commandLine() {
    return commandLine(COMMANDS);
  }

  /**
   * What these arguments need: making every command, of which one is run, would take longer than
   * many a command itself.
   */
  static CommandLine commandLine(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("--version") || first.equals("-V")) {
      return commandLine(List.of());
    }
    List<Named> asked =
        COMMANDS.stream()
            .filter(named -> named.name().equals(first))
            .filter(named -> named.command() != GenerateCompletion.class)
            .toList();
    return commandLine(asked.isEmpty() ? COMMANDS : asked);
  }

  private static CommandLine commandLine(List<Named> commands) {
    CommandLine besser = new CommandLine(new Main());
    commands.forEach(named -> besser.addSubcommand(named.name(), named.command()));
    besser.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Main::handle);
    return HelpText.fit(besser, new Terminal().width());
  }

  private static int handle(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    return switch (failure) {
      case BadInput e -> say(err, e, ExitStatus.BAD_INPUT);
      case PlanRejected e -> say(err, e, ExitStatus.BAD_INPUT);
      case DamagedRun e -> say(err, e, ExitStatus.BAD_INPUT);
      case RunInUse e -> say(err, e, ExitStatus.BAD_INPUT);
      case TraceFormatException e -> say(err, e, ExitStatus.BAD_INPUT);
      case UncheckedIOException e -> say(err, e, ExitStatus.BAD_INPUT);
      case DeviceFault e -> say(err, e, ExitStatus.DEVICE_UNABLE);
      case RecordingException e -> say(err, e, ExitStatus.DEVICE_UNABLE);
      case PerfRecordException e -> say(err, e, ExitStatus.DEVICE_UNABLE);
      case RepetitionStopped e -> ExitStatus.INTERRUPTED;
      default -> {
        failure.printStackTrace(err);
        err.println("besser: this is a defect of besser; please report it with the lines above");
        yield ExitStatus.DEFECT;
      }
    };
  }

  private static int say(PrintWriter err, Exception failure, int status) {
    err.println("besser: " + failure.getMessage());
    return status;
  }
}
