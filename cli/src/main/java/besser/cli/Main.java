package besser.cli;

import besser.experiment.plan.PlanRejected;
import besser.rig.device.DeviceUnable;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.DamagedRun;
import besser.rig.run.RunInUse;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
    },
    subcommands = {
      RunCommand.class,
      VerdictCommand.class,
      ReportCommand.class,
      StatusCommand.class,
      RecordCommand.class,
      PlanCommand.class,
      VariantsCommand.class,
      OpsCommand.class,
      GenerateCompletion.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The commands with besser's handling of failures. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::handle);
  }

  private static int handle(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    return switch (failure) {
      case BadInput e -> say(err, e, ExitStatus.BAD_INPUT);
      case PlanRejected e -> say(err, e, ExitStatus.BAD_INPUT);
      case DamagedRun e -> say(err, e, ExitStatus.BAD_INPUT);
      case RunInUse e -> say(err, e, ExitStatus.BAD_INPUT);
      case UncheckedIOException e -> say(err, e, ExitStatus.BAD_INPUT);
      case DeviceUnable e -> say(err, e, ExitStatus.DEVICE_UNABLE);
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
