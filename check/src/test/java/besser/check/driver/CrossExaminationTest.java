package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.bes2600.driver.Variant;
import besser.check.Finding;
import besser.check.campaign.Campaign;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.replay.FindingFile;
import besser.check.replay.Shrunk;
import besser.check.replay.Step;
import besser.check.replay.StepSchedule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CrossExaminationTest {
  /** What a run of {@code direct} with these steps shows, as a search of it alone would say. */
  private static Confirmed found(String program, int load, String kind, String... steps) {
    Runner runner = Campaign.runner(DriverProgram.of(program), 1).withLoad(load);
    List<Step> all = List.of(steps).stream().map(Step::parse).toList();
    RunOutcome outcome = runner.run(new StepSchedule(all));
    Finding finding =
        outcome.findings().stream().filter(f -> f.id().startsWith(kind)).findFirst().orElseThrow();
    FindingFile file =
        FindingFile.of(
            "0",
            program,
            finding,
            new FindingFile.RunKey(1, runner.stepLimit()),
            new Shrunk(load, all, true, 1),
            outcome.eventHash());
    return new Confirmed(finding, file, List.of(program), 1, all.size());
  }

  private static List<String> programs(Confirmed found) {
    return examined(found).programs();
  }

  private static Confirmed examined(Confirmed found) {
    CampaignResult result = new CampaignResult(List.of(), List.of(found), false);
    return new CrossExamination(result, Variant.RELAY, Variant.DIRECT, 1, Duration.ofDays(1))
        .examined()
        .findings()
        .getFirst();
  }

  @Test
  void whatTheBaselineShowsWithTheSameFaultsIsNotThePatchs() {
    Confirmed pad =
        found("direct/receive", 1, "link-death", "alloc:bes_sdio_memcpy_io_helper#0 -> yes");
    assertEquals(List.of("direct/receive", "relay/receive"), programs(pad));
  }

  @Test
  void theFaultsAreTriedAtOtherOccasions() {
    Confirmed pad =
        found("direct/receive", 8, "link-death", "alloc:bes_sdio_memcpy_io_helper#0 -> yes");
    List<Step> never = List.of(Step.parse("alloc:bes_sdio_memcpy_io_helper#99 -> yes"));
    FindingFile file =
        FindingFile.of(
            "0",
            pad.file().program(),
            pad.finding(),
            new FindingFile.RunKey(1, pad.file().stepLimit()),
            new Shrunk(8, never, true, 1),
            0);
    Confirmed elsewhere = new Confirmed(pad.finding(), file, pad.programs(), 1, 1);
    assertEquals(List.of("direct/receive", "relay/receive"), programs(elsewhere));
  }

  @Test
  void whatTheBaselineDoesNotShowStaysThePatchs() {
    Confirmed credit = found("direct/send", 1, "account", "fault:firmware-hang#0 -> yes");
    assertEquals(List.of("direct/send"), programs(credit));
  }

  @Test
  void aFindingWithoutFaultsIsLeftToTheSearch() {
    Confirmed race = found("direct/send", 1, "wrong-context");
    assertEquals(List.of("direct/send"), programs(race));
  }

  /** The race of direct-lmac-monitor, beside an allocation that failed and was coped with. */
  @Test
  void whatHappensWithoutTheFaultIsNotPutDownToIt() throws IOException, URISyntaxException {
    URL race =
        Objects.requireNonNull(
            CrossExaminationTest.class.getResource("findings/direct-lmac-monitor.json"));
    FindingFile file = FindingFile.parse(Files.readString(Path.of(race.toURI())));
    List<String> steps = new ArrayList<>(file.steps().stream().map(Step::toString).toList());
    steps.add("alloc:bes2600_dump_power_busy_event#0 -> yes");
    Confirmed blamed =
        found(file.program(), file.load(), "link-death", steps.toArray(String[]::new));
    assertEquals(file.findingId() + " after failed allocation", blamed.finding().id());
    assertEquals(file.findingId(), examined(blamed).finding().id());
  }
}
