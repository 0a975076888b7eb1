package besser.experiment.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.gate.Entry.Answer;
import besser.experiment.json.JsonLines;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  private static final Plan PLAN = PlanReader.read(Path.of("../plans/patch-c.yaml")).plan();
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Entry REVIEW =
      new Entry.Reviewed("bob", NOON, "phase-5-review", Answer.NO, "risk 2 is not covered");

  @TempDir private Path directory;

  private RecordFile file() {
    return RecordFile.beside(directory.resolve("patch-c.yaml"));
  }

  private static List<Entry> oneOfEach() {
    return List.of(
        new Entry.BaselineMeasured(
            "ada",
            NOON,
            "goodput",
            "4MBps",
            List.of(725.0, 663.0),
            "ssh://ohm",
            false,
            "rep 3 died"),
        new Entry.Cited("ada", NOON, "cite-wsm-handle-rx", Answer.YES, "wsm.h", "any context"),
        REVIEW,
        new Entry.Audited("ada", NOON, "lock-graph-audit", Answer.YES, "no lock held"),
        new Entry.Checked("besser", NOON, "lock-graph-audit", Answer.NO, true, "besser check", "x"),
        new Entry.Explained("ada", NOON, "sched_wakeup@4MBps", "bh sleeps"),
        new Entry.Implemented("ada", NOON, "0123abcd"),
        new Entry.Judged("ada", NOON, "runs/1", "00ff", false, true, "loop back"));
  }

  @Test
  void readsBackEveryKindOfRecordInOrder() throws IOException {
    assertEquals(List.of(), file().read());
    for (Entry entry : oneOfEach()) {
      file().append(PLAN, entry);
    }
    assertEquals(oneOfEach(), file().read());
    assertEquals("patch-c.records.jsonl", String.valueOf(file().path().getFileName()));
  }

  @Test
  void neverRewritesWhatIsThere() throws IOException {
    file().append(PLAN, REVIEW);
    String first = Files.readString(file().path());
    file().append(PLAN, REVIEW);
    assertEquals(first + first, Files.readString(file().path()));
  }

  @Test
  void aLineThatAKilledWriterLeftCountsAsNeverWritten() throws IOException {
    file().append(PLAN, REVIEW);
    Files.writeString(file().path(), "{\"kind\":\"rev", StandardOpenOption.APPEND);
    assertEquals(List.of(REVIEW), file().read());
    file().append(PLAN, REVIEW);
    assertEquals(List.of(REVIEW, REVIEW), file().read());
  }

  @Test
  void aDamagedLineIsNamedAndNotSkipped() throws IOException {
    file().append(PLAN, REVIEW);
    Files.writeString(file().path(), "{\"kind\":\"rumour\"}\n", StandardOpenOption.APPEND);
    JsonLines.Damaged damaged = assertThrows(JsonLines.Damaged.class, () -> file().read());
    assertTrue(
        String.valueOf(damaged.getMessage()).contains("patch-c.records.jsonl:2:"),
        damaged::getMessage);
  }

  @Test
  void refusesARecordAboutWhatThePlanDoesNotHave() {
    Entry unknown = new Entry.Reviewed("bob", NOON, "phase-9", Answer.YES, "go");
    Entry wrongKind = new Entry.Audited("bob", NOON, "phase-5-review", Answer.YES, "go");
    Entry wrongStep =
        new Entry.BaselineMeasured(
            "bob", NOON, "unlock_irqrestore_share", "1MBps", List.of(1.0), "ssh://ohm", false, "");
    for (Entry entry : List.of(unknown, wrongKind, wrongStep)) {
      assertThrows(IllegalArgumentException.class, () -> file().append(PLAN, entry));
    }
    assertTrue(Files.notExists(file().path()));
  }
}
