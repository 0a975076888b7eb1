package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Variant;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.replay.FindingFile;
import besser.check.replay.Shrunk;
import besser.experiment.plan.PlanReader;
import besser.experiment.plan.Risk;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskAuditTest {
  private static Confirmed found(FindingKind kind, String message, String... programs) {
    Finding finding = Finding.of(kind, message);
    FindingFile file =
        FindingFile.of(
            "0",
            programs[0],
            finding,
            new FindingFile.RunKey(1, 1),
            new Shrunk(1, List.of(), true, 1),
            0);
    return new Confirmed(finding, file, List.of(programs), 1, 0);
  }

  private static List<String> evidence(RiskCheck check, Confirmed... found) {
    RiskAudit audit =
        new RiskAudit(
            new CampaignResult(List.of(), Arrays.asList(found), false),
            Variant.RELAY,
            Variant.DIRECT);
    return audit.evidence(check).stream().map(f -> f.finding().message()).toList();
  }

  @Test
  void whatTheBaselineShowsAsWellAnswersNothing() {
    Confirmed both =
        found(FindingKind.ACCOUNT, "credits stay above zero", "relay/send", "direct/send");
    Confirmed added = found(FindingKind.ACCOUNT, "counts stay above zero", "direct/send");
    Confirmed elsewhere = found(FindingKind.ACCOUNT, "more counts", "direct+ba-lock/send");
    assertEquals(
        List.of("counts stay above zero"),
        evidence(RiskCheck.CREDIT_WAKE_UPS, both, added, elsewhere));
  }

  @Test
  void aCheckLooksAtItsOwnKindsOfFindings() {
    Confirmed race = found(FindingKind.DATA_RACE, "hw_bufs_used", "direct/both");
    Confirmed sleep = found(FindingKind.ATOMIC_SLEEP, "msleep", "direct/both");
    Confirmed shortage =
        found(FindingKind.LINK_DEATH, "closes the link after failed allocation", "direct/both");
    Confirmed dead = found(FindingKind.MISUSE, Conservation.DEAD_BUS, "direct/both");
    Confirmed[] all = {race, sleep, shortage, dead};
    assertEquals(List.of("hw_bufs_used"), evidence(RiskCheck.LOCK_GRAPH, all));
    assertEquals(List.of("msleep"), evidence(RiskCheck.CONTEXT, all));
    assertEquals(1, evidence(RiskCheck.ALLOCATION, all).size());
    assertEquals(List.of(Conservation.DEAD_BUS), evidence(RiskCheck.BUS_ERROR, all));
    assertEquals(List.of(), evidence(RiskCheck.CREDIT_WAKE_UPS, all));
  }

  @Test
  void severalInterfacesAnswerForWhatOneDoesNotShow() {
    Confirmed lost = found(FindingKind.FRAME_LOST, "a frame is lost", "direct/interfaces");
    Confirmed anyway =
        found(FindingKind.FRAME_LOST, "another", "direct/interfaces", "direct/receive");
    assertEquals(List.of("a frame is lost"), evidence(RiskCheck.INTERFACES, lost, anyway));
  }

  @Test
  void everyRiskOfPatchCNamesACheckThatThereIs() {
    for (Risk risk : PlanReader.read(Path.of("../plans/patch-c.yaml")).plan().risks()) {
      assertTrue(risk.check().flatMap(RiskCheck::named).isPresent(), risk.title());
    }
  }
}
