package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import besser.bes2600.driver.Variant;
import besser.check.Finding;
import besser.check.campaign.Campaign;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.replay.FindingFile;
import besser.check.replay.Shrinker;
import besser.check.replay.Shrunk;
import besser.check.replay.Step;
import besser.check.replay.StepSchedule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The findings that docs/patch-c-review.md rests on, each replayed from its file. */
class DriverFindingsTest {
  static List<Path> files() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(DriverFindingsTest.class.getResource("findings"));
    Path directory = Path.of(folder.toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static FindingFile read(Path file) throws IOException {
    return FindingFile.parse(Files.readString(file));
  }

  private static RunOutcome replay(FindingFile file, List<Step> steps) {
    return Campaign.runner(file).run(new StepSchedule(steps));
  }

  /** Shrinks it anew in the model as it is now: whether it is the same finding stays to be read. */
  private static FindingFile rewritten(Path path) throws IOException {
    FindingFile old = read(path);
    Runner runner = Campaign.runner(old);
    Shrunk shrunk =
        new Shrinker(
                runner, old.findingId(), Integer.MAX_VALUE, Long.MAX_VALUE, Shrinker.Watch.SILENT)
            .shrink(old.steps());
    RunOutcome outcome = runner.withLoad(shrunk.load()).run(new StepSchedule(shrunk.steps()));
    Finding finding =
        outcome.findings().stream()
            .filter(found -> found.id().equals(old.findingId()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(path + " is not found any more"));
    FindingFile.RunKey key = new FindingFile.RunKey(old.seed(), old.stepLimit());
    return FindingFile.of(old.version(), old.program(), finding, key, shrunk, outcome.eventHash());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFindingReplaysBitForBit(Path path) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Path source = Path.of("src/test/resources/besser/check/driver/findings");
      Files.writeString(source.resolve(path.getFileName()), rewritten(path).toJson());
      fail("rewritten: " + path.getFileName());
    }
    FindingFile file = read(path);
    RunOutcome outcome = replay(file, file.steps());
    assertTrue(outcome.hasFound(file.findingId()), path + ": " + outcome.findings());
    assertEquals(file.eventHash(), outcome.eventHash(), path.toString());
  }

  @ParameterizedTest
  @MethodSource("files")
  void noStepOfAFindingCanBeLeftOut(Path path) throws IOException {
    FindingFile file = read(path);
    for (int i = 0; i < file.steps().size(); i++) {
      List<Step> fewer = new ArrayList<>(file.steps());
      fewer.remove(i);
      assertFalse(replay(file, fewer).hasFound(file.findingId()), path + " without step " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void oneUnitOfLoadLessDoesNotShowIt(Path path) throws IOException {
    FindingFile file = read(path);
    assertTrue(file.minimal(), path.toString());
    if (file.load() == 1) return;
    RunOutcome outcome =
        Campaign.runner(file).withLoad(file.load() - 1).run(new StepSchedule(file.steps()));
    assertFalse(outcome.hasFound(file.findingId()), path + " at load " + (file.load() - 1));
  }

  /** What only the patch shows is mended: the same steps do not show it there. */
  @ParameterizedTest
  @MethodSource("files")
  void theHardenedPatchDoesNotShowWhatDirectAdds(Path path) throws IOException {
    FindingFile file = read(path);
    if (!path.getFileName().toString().startsWith("direct-")) return;
    DriverProgram program = DriverProgram.of(file.program());
    DriverProgram hardened = DriverProgram.of("direct-hardened/" + program.scenario().id());
    Runner runner = Campaign.runner(hardened, file.seed()).withLoad(file.load());
    RunOutcome outcome = runner.run(new StepSchedule(file.steps()));
    assertFalse(outcome.hasFound(file.findingId()), path + ": " + outcome.findings());
  }

  /** What is called the patch's is not what the driver ships with: not in the same steps. */
  @ParameterizedTest
  @MethodSource("files")
  void theShippedDriverDoesNotShowWhatDirectAdds(Path path) throws IOException {
    FindingFile file = read(path);
    if (!path.getFileName().toString().startsWith("direct-")) return;
    DriverScenario scenario = DriverProgram.of(file.program()).scenario();
    Runner runner = Campaign.runner(new DriverProgram(Variant.RELAY, scenario), file.seed());
    RunOutcome outcome = runner.withLoad(file.load()).run(new StepSchedule(file.steps()));
    assertFalse(outcome.hasFound(file.findingId()), path + ": " + outcome.findings());
  }
}
