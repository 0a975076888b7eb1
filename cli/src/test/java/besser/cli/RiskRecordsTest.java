package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.gate.Entry;
import besser.experiment.gate.RecordFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code besser check PLAN} leaves beside the plan. */
final class RiskRecordsTest {
  @TempDir Path directory;
  private Path plan = Path.of("");

  @BeforeEach
  void copyThePlan() throws IOException {
    plan = directory.resolve("patch-c.yaml");
    Files.copy(Path.of("../plans/patch-c.yaml"), plan);
  }

  private int check(String... more) {
    String[] arguments =
        Stream.concat(
                Stream.of("check", plan.toString(), "--out", directory.resolve("out").toString()),
                Stream.concat(Stream.of("--budget", "32", "--shrink", "0"), Stream.of(more)))
            .toArray(String[]::new);
    return Main.commandLine().setErr(new PrintWriter(new StringWriter())).execute(arguments);
  }

  private List<Entry> records() throws IOException {
    return RecordFile.beside(plan).read();
  }

  @Test
  void everyRiskIsAnsweredWithACommandAndItsFiles() throws IOException {
    assertEquals(0, check());
    List<Entry.RiskChecked> answers =
        records().stream().map(Entry.RiskChecked.class::cast).toList();
    assertEquals(List.of(1, 2, 3, 4, 5, 6), answers.stream().map(Entry.RiskChecked::risk).toList());
    for (Entry.RiskChecked answer : answers) {
      assertTrue(answer.simulated());
      assertTrue(answer.command().endsWith("--budget 32 --strategy mix --seed 1"));
    }
    Entry.RiskChecked locks = answers.get(3);
    assertEquals("lock-graph", locks.check());
    assertEquals(Entry.Answer.NO, locks.answer());
    String file = locks.text().replaceAll("(?s).*?\\(besser replay ([^)]+)\\).*", "$1");
    assertTrue(Files.isRegularFile(Path.of(file)), locks.text());
  }

  @Test
  void aSearchThatCannotAnswerRecordsNothing() throws IOException {
    assertEquals(0, check("--scenario", "send"));
    assertEquals(0, check("--scenario", "send", "--until-found"));
    assertEquals(0, check("--scenario", "send", "--no-record"));
    assertFalse(Files.exists(RecordFile.beside(plan).path()));
    assertTrue(records().isEmpty());
  }
}
