package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {
  private static final String PLAN = "../plans/patch-c.yaml";

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void explainsEveryCommandInLinesThatFit(String command) {
    Ran ran = run(command, "--help");
    assertEquals(ExitStatus.DONE, ran.status());
    assertTrue(ran.out().startsWith("Usage: besser " + command), ran::out);
    for (String line : ran.out().lines().toList()) assertTrue(line.length() <= 100, line);
  }

  @Test
  void acceptsThePlanThatShips() {
    assertEquals(ExitStatus.DONE, run("plan", "check", PLAN).status());
    assertEquals(ExitStatus.DONE, run("status", PLAN).status());
  }

  @Test
  void refusesABadPlanWithItsPlaces(@TempDir Path dir) throws IOException {
    Path bad = dir.resolve("bad.yaml");
    Files.writeString(bad, "plan: x\ntitel: y\n");
    Ran ran = run("plan", "check", bad.toString());
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("bad.yaml:2:"), ran::err);
  }

  @Test
  void saysWhichPlansThereAreWhenTheNameIsUnknown() {
    Ran ran = run("status", "no-such-plan");
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("no-such-plan"), ran::err);
  }

  @Test
  void refusesAnUnknownDeviceWithOneThatExists() {
    Ran ran = run("run", PLAN, "--device", "usb:stick");
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("sim:pinetab2"), ran::err);
  }

  @Test
  void refusesAnUnknownVariantAndListsAll() {
    Ran ran = run("ops", "relai");
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("relay"), ran::err);
  }

  @Test
  void saysHowToGoOnWithARunThatHasNoVerdict(@TempDir Path dir) {
    Ran ran = run("verdict", dir.toString());
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("run.json"), ran::err);
  }

  @Test
  void recordsACitationBesideThePlanAndCountsIt(@TempDir Path dir) throws IOException {
    Path plan = dir.resolve("patch-c.yaml");
    Files.copy(Path.of(PLAN), plan);
    Ran ran =
        run(
            "record",
            "citation",
            plan.toString(),
            "cite-wsm-handle-rx",
            "--source",
            "wsm.h",
            "--quote",
            "process context",
            "--by",
            "a test");
    assertEquals(ExitStatus.DONE, ran.status(), ran::err);
    assertTrue(Files.readString(dir.resolve("patch-c.records.jsonl")).contains("process context"));
  }
}
