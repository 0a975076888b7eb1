package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Filter;
import besser.metrics.Source;
import besser.metrics.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchCPlanTest {
  private static final Plan PLAN = PlanReader.read(Path.of("../plans/patch-c.yaml")).plan();

  @Test
  void holdsEveryPartOfThePlan() {
    assertEquals(7, PLAN.predictions().size());
    assertEquals(6, PLAN.risks().size());
    assertEquals(7, PLAN.gates().size());
    assertEquals(4, PLAN.touched().size());
    assertEquals(7, PLAN.untouched().size());
    assertEquals(6, PLAN.approach().comparison().size());
    assertEquals(8, PLAN.protocol().instructions().size());
    assertEquals(15, PLAN.document().size());
    assertEquals(
        List.of("Patch C2", "Patch D", "Patch E", "Task #24", "Task #25"),
        PLAN.followOns().stream().map(Plan.FollowOn::id).toList());
  }

  @Test
  void convertsFiguresToTheUnitOfTheirMetric() {
    Prediction floor = prediction("receive-floor");
    assertEquals(new Claim.EveryRepetitionAtLeast(1000, false), floor.claim());
    assertEquals(new Claim.Within(12, 15), prediction("unlock-share").claim());
    assertEquals(0.7, floor.confidence().probability());
    assertEquals(Duration.ofMinutes(30), PLAN.protocol().step("4MBps").duration());
    assertEquals(4e6, PLAN.protocol().step("4MBps").offeredBytesPerSecond());
  }

  @Test
  void countsARepetitionOfASpreadInWhatItIsASpreadOf() {
    assertEquals(Unit.PERCENT, PLAN.metric("goodput_spread").unit());
    assertEquals("KB/s", PLAN.unitOfOneRepetition("goodput_spread").symbol());
    assertEquals(Unit.PERCENT, PLAN.unitOfOneRepetition("unlock_irqrestore_share"));
  }

  @Test
  void keepsTheBaselineTableWithItsTwoOpenRows() {
    List<String> open =
        PLAN.baseline().entries().stream()
            .filter(entry -> entry.state() instanceof Baseline.NotMeasured)
            .map(Baseline.Entry::metric)
            .toList();
    assertEquals(List.of("bes_sdio_dispatches", "mac80211_rx_skbs"), open);
    assertEquals(
        new Baseline.PerRepetition(List.of(725.0, 663.0, 75.0)),
        PLAN.baseline().entries().getFirst().state());
  }

  @Test
  void readsTheFilterOfTheBesSdioDispatches() {
    Source source = PLAN.metric("bes_sdio_dispatches").source();
    assertTrue(
        source instanceof Source.EventRate rate
            && rate.where().orElseThrow() instanceof Filter.AnyOf any
            && any.parts().size() == 2,
        source.toString());
  }

  private static Prediction prediction(String id) {
    return PLAN.predictions().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }
}
