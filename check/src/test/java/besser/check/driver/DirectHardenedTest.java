package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Hardening;
import besser.bes2600.driver.Topology;
import besser.bes2600.driver.Variant;
import besser.check.campaign.Campaign;
import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.replay.FindingFile;
import besser.check.replay.StepSchedule;
import besser.check.standard.StandardStrategies;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code direct-hardened} is silent, and each of its changes is needed for that. */
class DirectHardenedTest {
  /** In each scenario; a long run asks for more with {@code -Dbesser.check.schedules=20000}. */
  private static final int SCHEDULES = Integer.getInteger("besser.check.schedules", 60);

  /** A long run tries several. */
  private static final long SEED = Long.getLong("besser.check.seed", 1);

  private static final Variant HARDENED = Variant.of(Topology.DIRECT_HARDENED);

  /** With every checker, every strategy of the mix, and faults in half of the runs. */
  @ParameterizedTest
  @EnumSource
  void everyCheckIsSilent(DriverScenario scenario) {
    Runner runner = Campaign.runner(new DriverProgram(HARDENED, scenario), SEED);
    Exploration exploration =
        Explorer.search(
            new SearchRequest(
                runner, StandardStrategies.usual(), SEED, Budget.ofSchedules(SCHEDULES), 2, false),
            SearchProgress.SILENT);
    List<String> found = exploration.found().stream().map(one -> one.finding().id()).toList();
    assertEquals(List.of(), found);
    assertEquals(SCHEDULES, exploration.schedules());
  }

  private static FindingFile without(Hardening hardening) throws IOException, URISyntaxException {
    String name = "findings/hardened-without-" + hardening.id() + ".json";
    URL file = DirectHardenedTest.class.getResource(name);
    assertNotNull(file, "there is no finding that forces " + hardening);
    return FindingFile.parse(Files.readString(Path.of(file.toURI())));
  }

  /** That the file replays bit for bit is held with the other findings. */
  @ParameterizedTest
  @EnumSource
  void eachChangeIsForcedByAFindingThatItMends(Hardening hardening)
      throws IOException, URISyntaxException {
    FindingFile file = without(hardening);
    DriverProgram lacking = DriverProgram.of(file.program());
    assertTrue(
        lacking.name().startsWith("direct-hardened+no-" + hardening.id() + "/"), lacking.name());
    assertTrue(run(lacking, file).hasFound(file.findingId()), hardening.toString());
    DriverProgram whole = new DriverProgram(HARDENED, lacking.scenario());
    RunOutcome mended = run(whole, file);
    assertFalse(mended.hasFound(file.findingId()), mended.findings().toString());
  }

  private static RunOutcome run(DriverProgram program, FindingFile file) {
    Runner runner = Campaign.runner(program, file.seed()).withLoad(file.load());
    return runner.run(new StepSchedule(file.steps()));
  }
}
