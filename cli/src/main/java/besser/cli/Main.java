package besser.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
    name = "besser",
    mixinStandardHelpOptions = true,
    version = "besser 0.1.0",
    description = "Predicts, measures and judges a change to a Linux driver's receive path.")
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
