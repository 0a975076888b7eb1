package besser.rig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final JournalEntry BEGUN = new JournalEntry.Begun("2026-05-07T19:04:53Z", "0.1.0");
  private static final JournalEntry STARTED =
      new JournalEntry.Started("2026-05-07T19:05:00Z", new RepetitionId("relay", 1));

  @Test
  void givesBackWhatWasAppended(@TempDir Path dir) {
    try (Journal journal = Journal.open(dir.resolve("journal.jsonl"))) {
      journal.append(BEGUN);
      journal.append(STARTED);
      assertEquals(List.of(BEGUN, STARTED), journal.entries());
    }
  }

  @Test
  void goesOnBehindTheLastWholeLineAfterACrash(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("journal.jsonl");
    try (Journal journal = Journal.open(file)) {
      journal.append(BEGUN);
    }
    Files.writeString(file, "{\"entry\":\"repetition-fin", StandardOpenOption.APPEND);
    try (Journal journal = Journal.open(file)) {
      journal.append(STARTED);
      assertEquals(List.of(BEGUN, STARTED), journal.entries());
    }
  }

  @Test
  void refusesASecondDriver(@TempDir Path dir) {
    Path file = dir.resolve("journal.jsonl");
    try (Journal journal = Journal.open(file)) {
      journal.append(BEGUN);
      assertThrows(RunInUse.class, () -> Journal.open(file));
    }
  }

  @Test
  void namesFileAndLineOfADamagedEntry(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("journal.jsonl");
    Files.writeString(file, "{\"entry\":\"unheard-of\"}\n");
    DamagedRun damage = assertThrows(DamagedRun.class, () -> Journal.read(file));
    assertTrue(damage.toString().contains("journal.jsonl:1"), damage::toString);
  }

  @Test
  void keepsTheOldContentWhenAFileCannotBeWrittenWhole(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("record.json");
    WholeFile.write(file, "old");
    Files.createDirectory(dir.resolve(".record.json.new"));
    assertThrows(UncheckedIOException.class, () -> WholeFile.write(file, "new"));
    assertEquals("old", Files.readString(file));
  }
}
