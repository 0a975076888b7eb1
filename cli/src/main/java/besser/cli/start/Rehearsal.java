package besser.cli.start;

import besser.trace.dat.Compression;
import besser.trace.dat.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands on small inputs, while the JVM watches which classes they need (JEP 483 and 514). A
 * process that is given what the JVM kept has these classes at once.
 *
 * <p>There is a rehearsal for the commands that read captures and one for all others, as a process
 * has all classes of its cache from the start, and those of a simulation cost a reader a tenth of a
 * second. Profiles of methods (JEP 515) are not kept: with them the JVM compiles everything that
 * was ever hot in any rehearsal, which took readers more time than it saved, and simulated runs
 * too.
 */
public final class Rehearsal {
  private static final int EVENTS = 4_000;
  private static final int SAMPLES = 10_000;
  private static final String SHARE = "samples: share, symbol: schedule, of: all";

  private final Path plan;
  private final Path shortPlan;
  private final Path trace;
  private final Path compressed;
  private final Path profile;
  private final Path kallsyms;
  private final Path run;
  private final Path findings;

  /** Runs one command. */
  @FunctionalInterface
  public interface Command {
    /**
     * Runs it to its end.
     *
     * @return its exit status
     */
    int run(List<String> arguments);
  }

  /**
   * A rehearsal.
   *
   * @param plan whose metrics, arms and checks to rehearse
   * @param folder for files; exists
   */
  public Rehearsal(Path plan, Path folder) {
    this.plan = plan;
    shortPlan = folder.resolve("plan.yaml");
    trace = folder.resolve("trace.dat");
    compressed = folder.resolve("compressed.dat");
    profile = folder.resolve("perf.data");
    kallsyms = folder.resolve("kallsyms");
    run = folder.resolve("run");
    findings = folder.resolve("findings");
  }

  /** Writes the inputs. */
  public void write() throws IOException {
    MadeUpTrace.write(trace, EVENTS);
    MadeUpTrace.write(compressed, EVENTS, WriteOptions.of(7, Compression.ZSTD));
    MadeUpProfile.write(profile, SAMPLES);
    MadeUpProfile.writeKallsyms(kallsyms);
    Files.writeString(shortPlan, inSeconds(Files.readString(plan)));
  }

  /** A plan with its ramp made short. */
  private static String inSeconds(String plan) {
    return plan.replaceAll("(?m)^( +duration:) \\d+ min$", "$1 6 s");
  }

  /**
   * Rehearses what reads captures.
   *
   * @return the commands that ended with another status than 0
   */
  public List<String> ofReading(Command command) {
    Script script = new Script(command);
    script.add("metrics", compressed, "--json");
    script.add("metrics", trace, "--table", "events,work,locks");
    script.add("metrics", trace, "--plan", plan);
    script.add("metrics", profile, "--kallsyms", kallsyms, "--table", "functions");
    script.add("metrics", profile, "--kallsyms", kallsyms, "--metric", SHARE);
    script.add("diff", trace, compressed);
    return script.play();
  }

  /**
   * Rehearses everything else.
   *
   * @return the commands that ended with another status than 0
   */
  public List<String> ofAll(Command command) {
    Script script = new Script(command);
    script.add("status", plan);
    script.add("run", shortPlan, "--reps", 1, "--quick", "--out", run);
    script.add("check", shortPlan, "--budget", "1s", "--no-record", "--out", findings);
    return script.play();
  }

  /** Commands, one after another. */
  private static final class Script {
    private final Command command;
    private final List<List<String>> commands = new ArrayList<>();

    Script(Command command) {
      this.command = command;
    }

    void add(Object... words) {
      List<String> arguments = new ArrayList<>();
      for (Object word : words) {
        arguments.add(word.toString());
      }
      commands.add(arguments);
    }

    List<String> play() {
      List<String> failed = new ArrayList<>();
      for (List<String> arguments : commands) {
        if (command.run(arguments) != 0) {
          failed.add(String.join(" ", arguments));
        }
      }
      return failed;
    }
  }
}
