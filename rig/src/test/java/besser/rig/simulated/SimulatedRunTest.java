package besser.rig.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    RunRequest request =
        new RunRequest(List.of("relay", "direct"), 2, seed, DIVISOR, "0.1.0", "a test");
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
}
