package besser.cli;

import besser.cli.start.Rehearsal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What the launcher starts after a build, for the JVM's cache; no command of the user's. */
final class Rehearse {
  private Rehearse() {}

  /**
   * Writes the inputs, or rehearses; what the commands print is discarded.
   *
   * @param arguments {@code write}, {@code reading} or {@code besser}, and a folder for files
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream err = System.err;
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    Rehearsal rehearsal = new Rehearsal(Names.plan("patch-c"), Path.of(arguments[1]));
    List<String> failed =
        switch (arguments[0]) {
          case "write" -> {
            rehearsal.write();
            yield List.of();
          }
          case "reading" -> rehearsal.ofReading(Rehearse::run);
          default -> rehearsal.ofAll(Rehearse::run);
        };
    failed.forEach(command -> err.println("besser: failed in rehearsal: " + command));
    System.exit(failed.isEmpty() ? ExitStatus.DONE : ExitStatus.DEFECT);
  }

  static int run(List<String> arguments) {
    String[] words = arguments.toArray(String[]::new);
    return Main.commandLine(words).execute(words);
  }
}
