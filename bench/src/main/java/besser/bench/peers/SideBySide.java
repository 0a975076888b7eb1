package besser.bench.peers;

import besser.cli.start.MadeUpTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Runs besser and the C tools in turn on one trace.dat and one perf.data and prints what each takes
 * as a whole process, start of the JVM included, and what a reading takes besser in a JVM that runs
 * already: minimum, median and maximum, by the wall and in CPU time, which a busy machine disturbs
 * less. besser has 256 MiB of heap and two processors. Factors are those of the medians.
 *
 * <p>Arguments: {@code --events N}, {@code --samples N}, {@code --rounds N}, {@code --in DIR} to
 * keep the files.
 */
public final class SideBySide {
  private static final int WARM_READINGS = 5;
  private static final int UNPRINTED_READINGS = 5;

  /** Of the tools that print everything: they take long, and always about as long. */
  private static final int PRINTING_ROUNDS = 3;

  private static final String TRACE_CMD_REPORT = "trace-cmd report";
  private static final String PERF_SCRIPT = "perf script";
  private static final Set<String> PRINTING = Set.of(TRACE_CMD_REPORT, PERF_SCRIPT);
  private static final String HEAP = "-Xmx256m -XX:ActiveProcessorCount=2";

  private int events = 20_000_000;
  private int samples = 3_000_000;
  private int rounds = 5;
  private Optional<Path> kept = Optional.empty();

  private SideBySide() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws InterruptedException {
    SideBySide run = new SideBySide();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--events" -> run.events = Integer.parseInt(arguments[i + 1]);
        case "--samples" -> run.samples = Integer.parseInt(arguments[i + 1]);
        case "--rounds" -> run.rounds = Integer.parseInt(arguments[i + 1]);
        case "--in" -> run.kept = Optional.of(Path.of(arguments[i + 1]));
        default -> throw new IllegalArgumentException("no option " + arguments[i]);
      }
    }
    try {
      run.measure();
    } catch (IOException e) {
      System.err.println("side-by-side: " + e.getMessage());
      System.exit(3);
    }
  }

  private void measure() throws IOException, InterruptedException {
    Path directory =
        kept.isPresent()
            ? Files.createDirectories(kept.get())
            : Files.createTempDirectory("besser-peers");
    Path trace = directory.resolve("events-" + events + ".dat");
    Path profile = directory.resolve("samples-" + samples + ".data");
    try {
      if (!Files.exists(trace)) {
        MadeUpTrace.write(trace, events);
      }
      if (!Files.exists(profile)) {
        SyntheticProfile.write(profile, samples);
      }
      traces(trace, compile(directory));
      profiles(profile);
    } finally {
      if (kept.isEmpty()) {
        Files.deleteIfExists(trace);
        Files.deleteIfExists(profile);
        Files.deleteIfExists(directory.resolve("count"));
        Files.delete(directory);
      }
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("besser.home", "."));
  }

  private static Path compile(Path directory) throws IOException, InterruptedException {
    Path program = directory.resolve("count");
    String source = home().resolve("bench/peers/count.c").toString();
    String command =
        "gcc -O2 -o %s %s $(pkg-config --cflags --libs libtracecmd)".formatted(program, source);
    int status = new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(
          "'%s' failed; apt-get install gcc pkg-config libtracecmd-dev libtraceevent-dev"
                  .formatted(command)
              + " libtracefs-dev");
    }
    return program;
  }

  private static Tool besser(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "BESSER_JAVA_OPTS=" + HEAP));
    command.add(home().resolve("besser").toString());
    command.add("metrics");
    command.addAll(List.of(arguments));
    return new Tool(name, command);
  }

  private void traces(Path trace, Path counter) throws IOException, InterruptedException {
    String file = trace.toString();
    String plan = home().resolve("plans/patch-c.yaml").toString();
    double memory = MemorySpeed.of(trace);
    System.out.printf(
        Locale.ROOT,
        "%,d events, %,d bytes; memory %.1f GB/s%n%n",
        events,
        Files.size(trace),
        memory / 1e9);
    Tool counting = besser("besser, counts by type and CPU", file, "--table", "events");
    Tool figures = besser("besser, metrics of patch-c", file, "--plan", plan);
    Tool peer = new Tool("libtracecmd, counts by type and CPU", List.of(counter + "", file));
    Tool report = new Tool(TRACE_CMD_REPORT, List.of("trace-cmd", "report", "-i", file));
    Map<Tool, Timing> took = inTurn(counting, peer, figures, report);
    compare(
        took, peer, counting, warm("count", trace), 2, new Work(events, "events", trace, memory));
    compare(
        took, report, figures, warm("plan", trace), 20, new Work(events, "events", trace, memory));
  }

  private void profiles(Path profile) throws IOException, InterruptedException {
    String file = profile.toString();
    double memory = MemorySpeed.of(profile);
    System.out.printf(Locale.ROOT, "%,d samples, %,d bytes%n%n", samples, Files.size(profile));
    String kallsyms = "/proc/kallsyms";
    Tool shares =
        besser(
            "besser, shares by symbol",
            file,
            "--metric",
            "samples: share, symbol: schedule, of: all",
            "--kallsyms",
            kallsyms);
    Tool chains =
        besser("besser, with call chains", file, "--table", "functions", "--kallsyms", kallsyms);
    Tool report =
        new Tool(
            "perf report -g none --no-children",
            List.of(
                "perf",
                "report",
                "--stdio",
                "-g",
                "none",
                "--no-children",
                "--kallsyms",
                kallsyms,
                "-i",
                file));
    Tool script =
        new Tool(PERF_SCRIPT, List.of("perf", "script", "--kallsyms", kallsyms, "-i", file));
    Map<Tool, Timing> took = inTurn(shares, report, chains, script);
    Work work = new Work(samples, "samples", profile, memory);
    compare(took, report, shares, warm("share", profile), 2, work);
    compare(took, script, chains, warm("functions", profile), 10, work);
  }

  /** Runs the tools in turn, round by round, so that what disturbs the machine disturbs all. */
  private Map<Tool, Timing> inTurn(Tool... tools) throws IOException, InterruptedException {
    Map<Tool, List<Timing.Run>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Tool tool : tools) {
        List<Timing.Run> its = runs.computeIfAbsent(tool, _ -> new ArrayList<>());
        if (!PRINTING.contains(tool.name()) || round < PRINTING_ROUNDS) {
          its.add(tool.run());
        }
      }
    }
    Map<Tool, Timing> timings = new LinkedHashMap<>();
    runs.forEach((tool, its) -> timings.put(tool, Timing.of(its)));
    return timings;
  }

  /** What one reading takes in a JVM that has started and compiled. */
  private Timing warm(String what, Path file) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP.split(" ", -1)));
    command.addAll(
        List.of(
            "-XX:+UseParallelGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Warm.class.getName(),
            what,
            file.toString(),
            Integer.toString(WARM_READINGS),
            home().resolve("plans/patch-c.yaml").toString(),
            Integer.toString(UNPRINTED_READINGS)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " fails");
    }
    return Timing.of(printed.lines().map(Timing.Run::parse).toList());
  }

  /**
   * What was read.
   *
   * @param count how many of {@code what}
   * @param memory what this machine's memory delivers, in bytes a second
   */
  private record Work(int count, String what, Path file, double memory) {
    double fractionOfMemorySpeed(double seconds) throws IOException {
      return Files.size(file) / seconds / memory;
    }
  }

  private static void compare(
      Map<Tool, Timing> took, Tool theirTool, Tool ourTool, Timing warm, double asked, Work work)
      throws IOException {
    Timing theirs = Objects.requireNonNull(took.get(theirTool));
    Timing ours = Objects.requireNonNull(took.get(ourTool));
    System.out.printf(
        Locale.ROOT, "%-42s %20s   %20s%n", "", "wall s: min med max", "cpu s: min med max");
    line(theirTool.name(), theirs, work);
    line(ourTool.name(), ours, work);
    line("  in a JVM that runs already", warm, work);
    System.out.printf(
        Locale.ROOT,
        "  times as fast: whole process %.1f (cpu %.1f), running JVM %.1f (cpu %.1f); asked %.0f."
            + " %.0f %% of memory speed%n%n",
        theirs.wall().median() / ours.wall().median(),
        theirs.cpu().median() / ours.cpu().median(),
        theirs.wall().median() / warm.wall().median(),
        theirs.cpu().median() / warm.cpu().median(),
        asked,
        100 * work.fractionOfMemorySpeed(warm.wall().median()));
  }

  private static void line(String name, Timing timing, Work work) {
    System.out.printf(
        Locale.ROOT,
        "%-42s %s   %s  %7.2f million %s/s%n",
        name,
        timing.wall(),
        timing.cpu(),
        work.count() / timing.wall().median() / 1e6,
        work.what());
  }
}
