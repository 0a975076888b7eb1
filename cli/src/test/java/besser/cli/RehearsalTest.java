package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.cli.start.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  private static final String HOME = "besser.home";
  private final Optional<String> before = Optional.ofNullable(System.getProperty(HOME));

  @BeforeEach
  void tellsWhereBesserLives() {
    System.setProperty(HOME, "..");
  }

  @AfterEach
  void forgetsIt() {
    before.ifPresentOrElse(
        home -> System.setProperty(HOME, home), () -> System.clearProperty(HOME));
  }

  @Test
  void everyRehearsedCommandSucceeds(@TempDir Path folder) throws IOException {
    Rehearsal rehearsal = new Rehearsal(Path.of("../plans/patch-c.yaml"), folder);
    rehearsal.write();
    assertEquals(List.of(), rehearsal.ofReading(Rehearse::run));
    assertEquals(List.of(), rehearsal.ofAll(Rehearse::run));
  }
}
