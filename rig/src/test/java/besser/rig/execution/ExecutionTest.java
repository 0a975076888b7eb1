package besser.rig.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.Journal;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionTest {
  private static final List<RunRecord.Slot> ORDER =
      List.of(
          new RunRecord.Slot("baseline", new RepetitionId("relay", 1)),
          new RunRecord.Slot("patched", new RepetitionId("direct", 1)),
          new RunRecord.Slot("patched", new RepetitionId("direct", 2)));

  /** A device whose repetitions are empty, and which remembers what it was asked. */
  private static final class RecordingDevice implements Device {
    final List<RepetitionRequest> asked = new CopyOnWriteArrayList<>();
    final int stopBefore;
    final int atATime;

    RecordingDevice(int stopBefore) {
      this(stopBefore, 1);
    }

    RecordingDevice(int stopBefore, int atATime) {
      this.stopBefore = stopBefore;
      this.atATime = atATime;
    }

    @Override
    public String name() {
      return "test:";
    }

    @Override
    public boolean simulated() {
      return true;
    }

    @Override
    public String profileHash() {
      return "none";
    }

    @Override
    public List<String> variants() {
      return List.of("relay", "direct");
    }

    @Override
    public int parallelRepetitions() {
      return atATime;
    }

    @Override
    public RepetitionRecord run(RepetitionRequest request, RunDirectory into, Progress progress) {
      if (asked.size() >= stopBefore) throw new RepetitionStopped();
      asked.add(request);
      return new RepetitionRecord(
          request.id(), request.arm(), Long.toHexString(request.seed()), List.of(), "0", List.of());
    }

    @Override
    public void close() {}
  }

  private static RunDirectory newRun(Path root) {
    RunDirectory directory = RunDirectory.create(root);
    directory.writeRun(
        new RunRecord(
            RunRecord.FORMAT, "0.1.0", "patch-c", "0", "test:", true, "none", 42, 1, ORDER));
    return directory;
  }

  private static void execute(RunDirectory directory, Device device) {
    try (Journal journal = directory.openJournal()) {
      new Execution(directory, plan(), device).run(journal, Progress.NONE);
    }
  }

  private static Plan plan() {
    LoadedPlan loaded = PlanReader.read(Path.of("..", "plans", "patch-c.yaml"));
    return loaded.plan();
  }

  @Test
  void runsEveryRepetitionOfTheOrderWithASeedOfItsOwn(@TempDir Path dir) {
    RunDirectory directory = newRun(dir.resolve("run"));
    RecordingDevice device = new RecordingDevice(Integer.MAX_VALUE);
    execute(directory, device);
    assertEquals(
        ORDER.stream().map(RunRecord.Slot::repetition).toList(),
        device.asked.stream().map(RepetitionRequest::id).toList());
    assertEquals(3, device.asked.stream().map(RepetitionRequest::seed).distinct().count());
    assertEquals(3, directory.repetitions().size());
  }

  @Test
  void runsSideBySideWhatGivesTheSameRecords(@TempDir Path dir) {
    RunDirectory alone = newRun(dir.resolve("alone"));
    execute(alone, new RecordingDevice(Integer.MAX_VALUE));
    RunDirectory together = newRun(dir.resolve("together"));
    execute(together, new RecordingDevice(Integer.MAX_VALUE, 2));
    assertEquals(alone.repetitions(), together.repetitions());
  }

  @ParameterizedTest
  @CsvSource({"6, 1, 1", "6, 2, 3", "3, 2, 3", "4, 2, 4", "7, 2, 3", "6, 4, 6", "2, 8, 2"})
  void beginsSoManyTogetherThatNoProcessorIsLeftOver(int left, int atATime, int together) {
    assertEquals(together, Execution.together(left, atATime));
  }

  @Test
  void goesOnAfterAStopWithWhatIsMissingAndTheSameSeeds(@TempDir Path dir) {
    RunDirectory whole = newRun(dir.resolve("whole"));
    RecordingDevice undisturbed = new RecordingDevice(Integer.MAX_VALUE);
    execute(whole, undisturbed);

    RunDirectory stopped = newRun(dir.resolve("stopped"));
    assertThrows(RepetitionStopped.class, () -> execute(stopped, new RecordingDevice(1)));
    RecordingDevice rest = new RecordingDevice(Integer.MAX_VALUE);
    execute(stopped, rest);
    assertEquals(2, rest.asked.size());
    assertEquals(whole.repetitions(), stopped.repetitions());
  }

  @Test
  void runsAgainARepetitionWhoseRecordWasChanged(@TempDir Path dir) throws Exception {
    RunDirectory directory = newRun(dir.resolve("run"));
    execute(directory, new RecordingDevice(Integer.MAX_VALUE));
    Path record = directory.repetitionFolder(ORDER.get(1).repetition()).resolve("record.json");
    Files.writeString(record, Files.readString(record).replace("patched", "baseline"));
    RecordingDevice again = new RecordingDevice(Integer.MAX_VALUE);
    execute(directory, again);
    assertEquals(
        List.of(ORDER.get(1).repetition()), again.asked.stream().map(r -> r.id()).toList());
  }

  @Test
  void derivesSeedsFromRunSeedVariantAndNumber() {
    long seed = Seeds.ofRepetition(42, new RepetitionId("relay", 1));
    assertEquals(seed, Seeds.ofRepetition(42, new RepetitionId("relay", 1)));
    assertNotEquals(seed, Seeds.ofRepetition(42, new RepetitionId("direct", 1)));
    assertNotEquals(seed, Seeds.ofRepetition(43, new RepetitionId("relay", 1)));
    assertTrue(seed != Seeds.ofRepetition(42, new RepetitionId("relay", 2)));
  }
}
