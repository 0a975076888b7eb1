package besser.rig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchPointTest {
  private static final RepetitionId DIRECT = new RepetitionId("direct", 1);

  private static LiveStep step(double seconds) {
    return new LiveStep(
        DIRECT,
        "patched",
        "4MBps",
        4e6,
        new LiveStep.Done(seconds, 10),
        new LiveStep.Done(20 + seconds, 30),
        List.of(3.9e6, 4e6),
        List.of(new LiveStep.Rate("sched_switch", 1234.5, "/s")),
        List.of(new LiveStep.Symbol("memcpy", 0.25)),
        400);
  }

  @Test
  void aRunIsWatchedForFiveSecondsBehindALook(@TempDir Path run) throws Exception {
    WatchPoint point = new WatchPoint(run);
    assertFalse(point.isWatched());
    point.watch();
    assertTrue(point.isWatched());
    Path mark = run.resolve(WatchPoint.FOLDER).resolve("watched");
    Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minusSeconds(6)));
    assertFalse(point.isWatched());
    point.watch();
    assertTrue(point.isWatched(), "a second look renews it");
    point.leave();
    assertFalse(point.isWatched());
    assertFalse(Files.exists(run.resolve(WatchPoint.FOLDER)));
  }

  @Test
  void showsTheNewestOfARepetitionUntilItEnds(@TempDir Path run) {
    WatchPoint point = new WatchPoint(run);
    point.watch();
    point.show(step(1));
    point.show(step(2));
    assertEquals(
        List.of(step(2)), new WatchPoint(run).steps().stream().map(s -> s.step()).toList());
    assertTrue(point.steps().getFirst().age().compareTo(Duration.ofMinutes(1)) < 0);
    point.end(DIRECT);
    assertEquals(List.of(), point.steps());
  }

  @Test
  void aRunIsNotHurtByAWatcherThatHasLeft(@TempDir Path run) {
    WatchPoint point = new WatchPoint(run);
    point.show(step(1));
    assertEquals(List.of(), point.steps());
    point.end(DIRECT);
  }

  @Test
  void theManifestLeavesOutWhatIsOnlyShown(@TempDir Path dir) throws Exception {
    RunDirectory run = RunDirectory.create(dir.resolve("run"));
    run.write("run.json", "{}");
    run.watchPoint().watch();
    run.watchPoint().show(step(1));
    Manifest.write(run);
    String manifest = Files.readString(run.root().resolve("MANIFEST.sha256"));
    assertTrue(manifest.contains("run.json"), manifest);
    assertFalse(manifest.contains(WatchPoint.FOLDER), manifest);
  }

  @Test
  void aRunNobodyDrivesIsToldFromOneThatAnotherProcessDoes(@TempDir Path dir) throws Exception {
    RunDirectory run = RunDirectory.create(dir.resolve("run"));
    assertFalse(run.isDriven());
    run.openJournal().close();
    assertFalse(run.isDriven());
    Journal open = run.openJournal();
    assertTrue(run.isDriven());
    open.close();
  }
}
