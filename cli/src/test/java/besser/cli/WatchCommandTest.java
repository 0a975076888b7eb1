package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.report.text.Style;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.run.Journal;
import besser.rig.run.JournalEntry;
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunDirectory;
import besser.rig.run.WatchPoint;
import besser.rig.simulated.SimulatedDevice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
  private static final RepetitionId DIRECT = new RepetitionId("direct", 1);
  private static final LoadedPlan PLAN = PlanReader.read(Path.of("../plans/patch-c.yaml"));

  private static RunDirectory run(Path root) {
    Path profile = Path.of("../profiles/pinetab2.yaml");
    try (SimulatedDevice device = new SimulatedDevice("sim:pinetab2", profile)) {
      RunRequest request =
          new RunRequest(List.of("relay", "direct"), 3, 1, 60, Optional.empty(), "0.1.0", "test");
      return NewRun.begin(root, PLAN, device, request);
    }
  }

  private static LiveStep step() {
    return new LiveStep(
        DIRECT,
        "patched",
        "4MBps",
        4e6,
        new LiveStep.Done(12, 30),
        new LiveStep.Done(27, 45),
        List.of(0.0, 2e6, 4e6, 0.7e6),
        List.of(new LiveStep.Rate("sched_switch", 12_345.6, "/s")),
        List.of(
            new LiveStep.Symbol("_raw_spin_unlock_irqrestore", 0.201),
            new LiveStep.Symbol("memcpy", 0.05)),
        4321);
  }

  private static String screen(Path root) {
    Glance glance = Glance.at(root);
    return String.join("\n", GlanceText.screen(glance, glance.plan(), Style.PLAIN, 200));
  }

  @Test
  void showsTheStepThatRunsAndWhatIsLeft(@TempDir Path dir) {
    RunDirectory run = run(dir.resolve("r"));
    try (Journal journal = run.openJournal()) {
      journal.append(
          new JournalEntry.Finished(JournalEntry.now(), new RepetitionId("relay", 1), "0"));
    }
    run.watchPoint().watch();
    run.watchPoint().show(step());
    String shown = screen(run.root()).replace(run.root().toString(), "DIR");
    String expected =
        """
        DIR: patch-c on sim:pinetab2 (simulated), durations divided by 60
        1 of 6 repetitions finished, 3:18 of simulated time left

        direct 1 (patched)  step 4MBps  0:12 of 0:30, 0:18 left; ramp 0:27 of 0:45
          goodput, MB/s   0.700   of 4.000  ▁▅█▂
          sched_switch   12,346  /s
          functions, of 4,321 samples outside idle
            20.1 %  _raw_spin_unlock_irqrestore
             5.0 %  memcpy""";
    assertEquals(expected.lines().toList(), shown.lines().map(String::stripTrailing).toList());
    assertEquals(
        List.of(
            "direct 1  4MBps  12/30 s  goodput 0.700 MB/s  sched_switch 12346 /s"
                + "  top _raw_spin_unlock_irqrestore 20.1 %"),
        GlanceText.plain(Glance.at(run.root())));
  }

  @Test
  void noLineIsWiderThanTheTerminal(@TempDir Path dir) {
    RunDirectory run = run(dir.resolve("r"));
    run.watchPoint().watch();
    run.watchPoint().show(step());
    Glance glance = Glance.at(run.root());
    List<String> lines = GlanceText.screen(glance, glance.plan(), Style.PLAIN, 40);
    assertTrue(lines.stream().allMatch(line -> line.length() <= 40), lines.toString());
  }

  @Test
  void whatHasNotBeenRenewedIsNotLive(@TempDir Path dir) throws Exception {
    RunDirectory run = run(dir.resolve("r"));
    run.watchPoint().watch();
    run.watchPoint().show(step());
    Path shown = run.root().resolve(".live").resolve("direct-1.json");
    Files.setLastModifiedTime(shown, FileTime.from(Instant.now().minusSeconds(11)));
    assertEquals(List.of(), Glance.at(run.root()).steps());
    assertTrue(screen(run.root()).contains("between steps"));
    assertTrue(Glance.at(run.root()).isAbandoned(), "no process drives it");
  }

  @Test
  void anEndedRunIsShownOnceAndLeftAlone(@TempDir Path dir) {
    RunDirectory run = run(dir.resolve("r"));
    try (Journal journal = run.openJournal()) {
      journal.append(new JournalEntry.Judged(JournalEntry.now(), "loop back to phase 4", "0"));
    }
    assertTrue(screen(run.root()).contains("verdict: loop back to phase 4"));
    assertFalse(Glance.at(run.root()).isAbandoned());
    assertEquals(
        ExitStatus.DONE, Main.commandLine().execute("watch", run.root().toString(), "--json"));
    assertFalse(Files.exists(run.root().resolve(".live")));
  }

  @Test
  void aRunThatGoesOnHasNotEnded(@TempDir Path dir) {
    RunDirectory run = run(dir.resolve("r"));
    try (Journal journal = run.openJournal()) {
      journal.append(new JournalEntry.Interrupted(JournalEntry.now()));
    }
    assertTrue(Glance.at(run.root()).end().orElseThrow().contains("--resume"));
    try (Journal journal = run.openJournal()) {
      journal.append(new JournalEntry.Resumed(JournalEntry.now(), "0.1.0"));
    }
    assertEquals(Optional.empty(), Glance.at(run.root()).end());
  }

  @Test
  void aSingleRepetitionIsWatchedToo(@TempDir Path dir) {
    RunDirectory run = RunDirectory.create(dir.resolve("rep"));
    WatchPoint point = run.watchPoint();
    point.watch();
    point.show(step());
    assertTrue(screen(run.root()).contains("a single repetition"));
    assertEquals(Optional.empty(), Glance.at(run.root()).end());
  }

  @Test
  void takesTheRunThatChangedLast(@TempDir Path dir) throws Exception {
    assertThrows(BadInput.class, () -> WatchCommand.newest(dir.resolve("runs")));
    Path runs = Files.createDirectory(dir.resolve("runs"));
    assertThrows(BadInput.class, () -> WatchCommand.newest(runs));
    Path old = run(runs.resolve("b-old")).root();
    Path fresh = run(runs.resolve("a-new")).root();
    Files.setLastModifiedTime(
        old.resolve("journal.jsonl"), FileTime.from(Instant.now().minusSeconds(60)));
    assertEquals(fresh, WatchCommand.newest(runs));
  }

  @Test
  void saysWhereNoRunIs(@TempDir Path dir) {
    StringWriter err = new StringWriter();
    int status = Main.commandLine().setErr(new PrintWriter(err)).execute("watch", dir.toString());
    assertEquals(ExitStatus.BAD_INPUT, status);
    assertTrue(err.toString().contains("besser run"), err::toString);
  }

  @Test
  void drawsOverWhatItDrewBefore() {
    assertEquals("\ra\u001b[K\n\u001b[J", Terminal.redrawn(0, List.of("a")));
    assertEquals("\u001b[2A\rb\u001b[K\n\u001b[J", Terminal.redrawn(2, List.of("b")));
  }
}
