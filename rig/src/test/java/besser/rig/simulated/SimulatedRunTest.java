package besser.rig.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionStopped;
import besser.rig.execution.Execution;
import besser.rig.execution.Judgement;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.run.Journal;
import besser.rig.run.LiveStep;
import besser.rig.run.NoiseRecord;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the plan on the simulated device, each step a second long. */
class SimulatedRunTest {
  private static final int DIVISOR = 1800;
  private static final LoadedPlan PLAN = PlanReader.read(Path.of("..", "plans", "patch-c.yaml"));
  private static final Path PROFILE = Path.of("..", "profiles", "pinetab2.yaml");

  /** Stops once a number of repetitions has ended. */
  private static final class StopAfter implements Progress {
    private final int repetitions;
    private int ended;

    StopAfter(int repetitions) {
      this.repetitions = repetitions;
    }

    @Override
    public synchronized void at(RepetitionId id, String step, double done, double total) {
      if (done >= total) ended++;
    }

    @Override
    public synchronized boolean stopRequested() {
      return ended > repetitions;
    }
  }

  private static RunDirectory begin(Path root, long seed) {
    return begin(root, List.of("relay", "direct"), seed, Optional.empty());
  }

  private static RunDirectory begin(
      Path root, List<String> arms, long seed, Optional<NoiseRecord> noise) {
    RunRequest request = new RunRequest(arms, 2, seed, DIVISOR, noise, "0.1.0", "a test");
    return NewRun.begin(root, PLAN, new SimulatedDevice("sim:pinetab2", PROFILE), request);
  }

  private static String finish(RunDirectory run, Progress progress) throws Exception {
    try (Journal journal = run.openJournal();
        SimulatedDevice device = new SimulatedDevice("sim:pinetab2", PROFILE)) {
      new Execution(run, PLAN.plan(), device).run(journal, progress);
    }
    Judgement judgement = new Judgement(run);
    judgement.write(judgement.judge(judgement.registered(), List.of()));
    return Files.readString(run.verdictFile());
  }

  @Test
  void givesTheSameVerdictForTheSameSeedAndAnotherForAnother(@TempDir Path dir) throws Exception {
    StopAfter never = new StopAfter(Integer.MAX_VALUE);
    String first = finish(begin(dir.resolve("first"), 1), never);
    assertEquals(first, finish(begin(dir.resolve("second"), 1), never));
    assertNotEquals(first, finish(begin(dir.resolve("third"), 2), never));
  }

  /** Looks on as another process would. */
  private static final class Watching implements Progress {
    private final RunDirectory run;
    private final List<LiveStep> seen = new ArrayList<>();

    Watching(RunDirectory run) {
      this.run = run;
      run.watchPoint().watch();
    }

    @Override
    public synchronized void at(RepetitionId id, String step, double done, double total) {
      run.watchPoint().watch();
      run.watchPoint().steps().forEach(s -> seen.add(s.step()));
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  @Test
  void showsItselfToThoseWhoWatchAndIsTheSameForIt(@TempDir Path dir) throws Exception {
    String alone = finish(begin(dir.resolve("alone"), 1), new StopAfter(Integer.MAX_VALUE));
    RunDirectory run = begin(dir.resolve("watched"), 1);
    Watching watching = new Watching(run);
    assertEquals(alone, finish(run, watching));
    LiveStep first = watching.seen.getFirst();
    assertEquals(1, first.stepProgress().seconds());
    assertEquals(1, first.goodputBytesPerSecond().size());
    assertTrue(
        first.rates().stream()
            .anyMatch(r -> r.metric().equals("workqueue_execute_start") && r.value() > 100),
        first.toString());
    assertEquals(List.of(), run.watchPoint().steps(), "nothing is shown once it has ended");
  }

  @Test
  void endsWithTheSameVerdictWhenItWasStoppedInBetween(@TempDir Path dir) throws Exception {
    String whole = finish(begin(dir.resolve("whole"), 1), new StopAfter(Integer.MAX_VALUE));
    RunDirectory stopped = begin(dir.resolve("stopped"), 1);
    assertThrows(RepetitionStopped.class, () -> finish(stopped, new StopAfter(1)));
    assertEquals(whole, finish(stopped, new StopAfter(Integer.MAX_VALUE)));
  }

  @Test
  void carriesFramesInBothArmsAndTakesTheRelaysQueueAwayInOne(@TempDir Path dir) throws Exception {
    RunDirectory run = begin(dir.resolve("run"), 1);
    finish(run, new StopAfter(Integer.MAX_VALUE));
    for (RepetitionRecord record : run.repetitions()) {
      var last = record.steps().getLast();
      assertTrue(last.figure("goodput").orElseThrow().value() > 100, record::toString);
      double relayed = last.figure("rx_queue_lock_acquisitions").orElseThrow().value();
      assertEquals(record.arm().equals("baseline"), relayed > 0, record::toString);
    }
    assertTrue(run.framePath("relay").isEmpty(), "one second is too short for a path");
    assertTrue(
        run.folded(new RepetitionId("relay", 1), "4MBps").stream()
            .anyMatch(line -> line.contains("sdio_rx_work")));
  }

  @Test
  void aVariantAgainstItselfGivesTheFloorsThatALaterRunIsJudgedWith(@TempDir Path folder)
      throws Exception {
    RunDirectory aa = begin(folder.resolve("aa"), List.of("relay"), 1, Optional.empty());
    assertTrue(aa.run().runsOneVariantAgainstItself());
    assertEquals(
        List.of("baseline relay-1", "patched relay-3", "patched relay-4", "baseline relay-2"),
        aa.run().order().stream()
            .map(s -> s.arm() + " " + s.repetition().variant() + "-" + s.repetition().number())
            .toList());
    try (Journal journal = aa.openJournal();
        SimulatedDevice device = new SimulatedDevice("sim:pinetab2", PROFILE)) {
      new Execution(aa, PLAN.plan(), device).run(journal, new StopAfter(Integer.MAX_VALUE));
    }
    NoiseRecord noise = new Judgement(aa).noise();
    assertEquals(2, noise.repetitions());
    assertTrue(noise.floors().containsKey("goodput@4MBps"), noise.floors().toString());
    noise.floors().values().forEach(floor -> assertEquals(2, floor.degreesOfFreedom()));

    RunDirectory judged =
        begin(folder.resolve("run"), List.of("relay", "direct"), 1, Optional.of(noise));
    assertEquals(Optional.of(noise), judged.noise());
  }

  @Test
  void refusesNoiseFloorsOfAnotherDevice(@TempDir Path folder) {
    NoiseRecord noise =
        new NoiseRecord(
            "patch-c", "ssh://ohm", false, "none", DIVISOR, "relay", 3, new TreeMap<>());
    List<String> arms = List.of("relay", "direct");
    Path root = folder.resolve("run");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> begin(root, arms, 1, Optional.of(noise)));
    assertEquals(
        "the noise floors are of device ssh://ohm, the run is of sim:pinetab2; measure them with"
            + " --aa",
        refused.getMessage());
    assertFalse(Files.exists(root));
  }
}
