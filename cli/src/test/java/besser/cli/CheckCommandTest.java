package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.FindingKind;
import besser.check.replay.FindingFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
  @TempDir Path directory;

  private record Ran(int status, String err) {}

  private static Ran run(String... arguments) {
    StringWriter err = new StringWriter();
    int status = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    return new Ran(status, err.toString());
  }

  private List<Path> findings() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private Ran check(String... more) {
    String[] arguments =
        Stream.concat(
                Stream.of("check", "--budget", "300", "--out", directory.toString()),
                Stream.of(more))
            .toArray(String[]::new);
    return run(arguments);
  }

  @Test
  void aFindingIsWrittenAndReplayed() throws IOException {
    assertEquals(0, check("--program", "lost-wakeup").status());
    assertEquals(1, findings().size());
    FindingFile file = FindingFile.parse(Files.readString(findings().getFirst()));
    assertEquals(FindingKind.LOST_WAKEUP, file.kind());
    assertTrue(file.minimal());
    assertEquals(0, run("replay", findings().getFirst().toString()).status());
  }

  @Test
  void aReplayThatShowsSomethingElseSaysSo() throws IOException {
    check("--program", "lost-wakeup");
    String text = Files.readString(findings().getFirst());
    Path changed = directory.resolve("changed.json");
    Files.writeString(changed, text.replaceAll("\"steps\" : \\[.*]", "\"steps\" : [ ]"));
    assertEquals(1, run("replay", changed.toString()).status());
  }

  @Test
  void theExitStatusTellsOfFindingsWhenAsked() {
    assertEquals(1, check("--program", "crossed-locks", "--exit-code").status());
    assertEquals(0, check("--program", "crossed-locks-mended", "--exit-code").status());
  }

  @Test
  void sarifNamesEachFindingAndItsFile() throws IOException {
    Path sarif = directory.resolve("out.sarif");
    check("--program", "irq-lock", "--sarif", sarif.toString());
    JsonNode run = new ObjectMapper().readTree(Files.readString(sarif)).get("runs").get(0);
    JsonNode result = run.get("results").get(0);
    assertEquals("irq-lock", result.get("ruleId").asText());
    String uri = result.at("/locations/0/physicalLocation/artifactLocation/uri").asText();
    assertTrue(Files.isRegularFile(Path.of(uri)), uri);
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertEquals(2, check().status());
    assertEquals(
        "besser: there is no program nothing; besser check --list names them, and"
            + " VARIANT/SCENARIO is one too\n",
        check("--program", "nothing").err());
    assertEquals(2, check("--variant", "sideways").status());
    assertEquals(2, check("--variant", "relay", "--scenario", "nowhere").status());
    assertEquals(2, check("--program", "lost-update", "--strategy", "luck").status());
    assertEquals(2, check("--program", "lost-update", "--budget", "soon").status());
    assertEquals(2, run("replay", directory.resolve("none.json").toString()).status());
  }
}
