package besser.experiment.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import besser.experiment.gate.Entry.Answer;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskStatusTest {
  private static final Plan PLAN = PlanReader.read(Path.of("../plans/patch-c.yaml")).plan();
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static Entry checked(int risk, Answer answer) {
    List<String> gates = risk == 4 ? List.of("lock-graph-audit") : List.of();
    return new Entry.RiskChecked(
        "ada", NOON, risk, "some-check", gates, answer, true, "besser check", "looked");
  }

  private static RiskStatus.State state(int risk, Entry... entries) {
    return PlanStatus.of(PLAN, List.of(entries)).risks().get(risk - 1).state();
  }

  private static GateStatus.State audit(Entry... entries) {
    return PlanStatus.of(PLAN, List.of(entries)).gates().stream()
        .filter(gate -> gate.demand().id().equals("lock-graph-audit"))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void everyRiskOfPatchCNamesItsCheckAndIsOpenAtFirst() {
    for (RiskStatus status : PlanStatus.of(PLAN, List.of()).risks()) {
      assertEquals(RiskStatus.State.OPEN, status.state());
      assertEquals(true, status.risk().check().isPresent(), status.risk().title());
    }
  }

  @Test
  void theLastCheckCounts() {
    assertEquals(RiskStatus.State.REAL, state(2, checked(2, Answer.NO)));
    assertEquals(
        RiskStatus.State.NOT_SEEN, state(2, checked(2, Answer.NO), checked(2, Answer.YES)));
    assertEquals(RiskStatus.State.OPEN, state(3, checked(2, Answer.NO)));
  }

  @Test
  void aModelRefutesAGateAndNeverSatisfiesIt() {
    assertEquals(GateStatus.State.OPEN, audit(checked(4, Answer.YES)));
    assertEquals(GateStatus.State.REFUTED, audit(checked(4, Answer.NO)));
    assertEquals(GateStatus.State.OPEN, audit(checked(2, Answer.NO)));
  }

  @Test
  void refusesARiskThatThePlanDoesNotHave() {
    assertThrows(
        IllegalArgumentException.class, () -> PlanStatus.requireKnown(PLAN, checked(7, Answer.NO)));
  }
}
