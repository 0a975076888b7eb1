package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.perf.SymbolSources;
import besser.trace.recording.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records from the kernel this runs on; needs root, tracefs and perf, and fails without. */
class CaptureCommandTest {
  private static final Path INSTANCES = Path.of("/sys/kernel/tracing/instances");

  @TempDir Path directory;

  private record Ran(int status, String err) {}

  private static Ran run(String... arguments) {
    StringWriter err = new StringWriter();
    int status = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    return new Ran(status, err.toString());
  }

  private static List<String> instancesOf(long pid) throws IOException {
    try (Stream<Path> there = Files.list(INSTANCES)) {
      return there
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.startsWith("besser_" + pid + "_"))
          .toList();
    }
  }

  private static List<String> commandsIn(Path trace) throws IOException {
    List<String> commands = new ArrayList<>();
    try (Recording recording = Recording.open(trace, SymbolSources.none())) {
      recording
          .events()
          .orElseThrow()
          .readInTimeOrder(
              new EventSink() {
                @Override
                public void event(Event event) {
                  if (event.format().name().equals("sched_process_exec")) {
                    commands.add(event.text(event.format().field("filename")));
                  }
                }

                @Override
                public void lost(LostEvents lost) {
                  commands.add(lost.toString());
                }
              });
    }
    return commands;
  }

  @Test
  void recordsWhileACommandRunsAndLeavesWhatNamesItLater() throws IOException {
    Path out = directory.resolve("out");
    Ran ran =
        run(
            "capture",
            "--events",
            "sched",
            "--perf",
            "--zstd",
            "--out",
            out.toString(),
            "--",
            "/bin/true");
    assertEquals(ExitStatus.DONE, ran.status(), ran::err);
    try (Stream<Path> left = Files.list(out)) {
      assertEquals(
          List.of("kallsyms", "perf.data", "trace.dat", "windows.csv"),
          left.map(path -> String.valueOf(path.getFileName())).sorted().toList());
    }
    assertTrue(commandsIn(out.resolve("trace.dat")).contains("/bin/true"));
    assertEquals(List.of(), instancesOf(ProcessHandle.current().pid()));
    ran = run("metrics", out.toString(), "--plan", "../plans/patch-c.yaml", "--table", "events");
    assertEquals(ExitStatus.DONE, ran.status(), ran::err);
  }

  @Test
  void computesFiguresWithoutStoringAnything() {
    Ran ran =
        run(
            "capture",
            "--no-store",
            "--duration",
            "200ms",
            "--metric",
            "sched:sched_switch",
            "--table",
            "work",
            "--events",
            "workqueue");
    assertEquals(ExitStatus.DONE, ran.status(), ran::err);
  }

  @Test
  void refusesWhatDoesNotExistBeforeItMakesAnything() {
    Path out = directory.resolve("out");
    Ran ran = run("capture", "--events", "sched:sched_swich", "--out", out.toString());
    assertEquals(ExitStatus.DEVICE_UNABLE, ran.status());
    assertTrue(ran.err().contains("sched:sched_switch"), ran::err);
    assertFalse(Files.exists(out));
  }

  @Test
  void doesNotWriteIntoADirectoryThatHoldsSomething() throws IOException {
    Files.writeString(directory.resolve("mine"), "mine");
    Ran ran = run("capture", "--events", "irq", "--duration", "1s", "--out", directory.toString());
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("not empty"), ran::err);
  }

  @Test
  void saysWhatIsMissing() {
    assertTrue(run("capture", "--out", directory.toString()).err().contains("--events"));
    assertTrue(run("capture", "--events", "irq").err().contains("--out"));
    assertTrue(run("metrics", directory.resolve("no").toString()).err().contains("no such file"));
    assertTrue(run("metrics", "x", "--step", "load").err().contains("NAME=START+LENGTH"));
  }

  @Test
  void writesWhatItHasWhenItIsInterrupted() throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    // Where the tests run in the background the signal is ignored, and a child inherits that.
    Process recording =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "capture",
                "--events",
                "sched",
                "--out",
                out.toString())
            .start();
    try (java.io.BufferedReader err = recording.errorReader()) {
      assertEquals("recording until Ctrl-C", err.readLine());
      assertEquals(1, instancesOf(recording.pid()).size());
      new ProcessBuilder("kill", "-INT", Long.toString(recording.pid())).start().waitFor();
      assertTrue(recording.waitFor(60, TimeUnit.SECONDS));
      assertEquals(ExitStatus.INTERRUPTED, recording.exitValue());
      assertEquals(List.of(), instancesOf(recording.pid()));
      assertFalse(commandsIn(out.resolve("trace.dat")).isEmpty());
    } finally {
      recording.destroyForcibly();
    }
  }

  @Test
  void comparesTwoProfilesAndDrawsWhatGrew() throws IOException {
    Path before = directory.resolve("before.script");
    Path after = directory.resolve("after.script");
    String sample = "sh 7/7 [000] 1.000000: 250000 cpu-clock:\n\tffffffff81000010 %s (x)\n\n";
    Files.writeString(before, sample.formatted("rx_relay"));
    Files.writeString(after, sample.formatted("rx_direct"));
    Path page = directory.resolve("diff.html");
    Ran ran = run("diff", before.toString(), after.toString(), "--flame", page.toString());
    assertEquals(ExitStatus.DONE, ran.status(), ran::err);
    assertTrue(Files.readString(page).contains("rx_direct"));
    Path folded = directory.resolve("diff.folded");
    run("diff", before.toString(), after.toString(), "--flame", folded.toString(), "--json");
    assertEquals("rx_direct_[k] 0 1\nrx_relay_[k] 1 0\n", Files.readString(folded));
  }
}
