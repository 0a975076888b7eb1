package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Topology;
import besser.bes2600.driver.Variant;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.Found;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.strategy.RandomWalk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriverProgramTest {
  private static Exploration search(DriverProgram program, int schedules, int workers) {
    Runner runner = new Runner(program, 1, program.load(), List::of, Runner.DEFAULT_STEP_LIMIT);
    SearchRequest request =
        new SearchRequest(
            runner, new RandomWalk(), 1, Budget.ofSchedules(schedules), workers, false);
    return Explorer.search(request, SearchProgress.SILENT);
  }

  @ParameterizedTest
  @EnumSource
  void theDriverAsShippedLosesNothingAsLongAsNothingFails(DriverScenario scenario) {
    assertEquals(List.of(), unexpected(Variant.RELAY, scenario));
  }

  @ParameterizedTest
  @EnumSource
  void neitherDoesTheHardenedPatch(DriverScenario scenario) {
    assertEquals(List.of(), unexpected(Variant.of(Topology.DIRECT_HARDENED), scenario));
  }

  /**
   * Once it has given up, the card interrupts for ever, and a confirm that was on its way is
   * counted again: that is how the driver ships.
   */
  private static List<String> unexpected(Variant variant, DriverScenario scenario) {
    return search(new DriverProgram(variant, scenario), 30, 1).found().stream()
        .map(Found::finding)
        .filter(
            finding ->
                scenario != DriverScenario.EXCEPTION
                    || finding.kind() == FindingKind.FRAME_LOST
                    || finding.kind() == FindingKind.LINK_DEATH)
        .map(Finding::id)
        .toList();
  }

  @Test
  void twoWritersOfTheCreditsCostTheLink() {
    Exploration exploration = search(DriverProgram.of("direct/both"), 150, 2);
    assertTrue(
        exploration.found().stream().anyMatch(f -> f.finding().kind() == FindingKind.LINK_DEATH),
        exploration.found().toString());
  }

  @Test
  void theSketchNeverGivesACreditBack() {
    Exploration exploration = search(DriverProgram.of("direct-sketch/send"), 1, 1);
    assertTrue(
        exploration.found().stream().anyMatch(f -> f.finding().message().contains("hw_bufs_used")),
        exploration.found().toString());
  }

  @Test
  void sameSeedSameFindingsWhateverTheNumberOfWorkers() {
    Exploration one = search(DriverProgram.of("direct/send"), 60, 1);
    Exploration two = search(DriverProgram.of("direct/send"), 60, 2);
    assertEquals(one.found(), two.found());
    assertEquals(one.steps(), two.steps());
  }

  @Test
  void programsAreReadFromTheirNames() {
    for (DriverProgram program : DriverProgram.all()) {
      assertEquals(program, DriverProgram.of(program.name()));
    }
    assertEquals(
        "a driver program is VARIANT/SCENARIO, such as direct/both, got direct",
        assertThrows(IllegalArgumentException.class, () -> DriverProgram.of("direct"))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> DriverProgram.of("direct/nothing"));
  }
}
