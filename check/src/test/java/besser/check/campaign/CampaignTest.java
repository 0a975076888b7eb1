package besser.check.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.Program;
import besser.check.explore.Budget;
import besser.check.explore.Runner;
import besser.check.replay.Step;
import besser.check.replay.StepSchedule;
import besser.check.standard.Programs;
import besser.check.standard.StandardStrategies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CampaignTest {
  private static final List<Program> CANARIES =
      List.of(
          Programs.named("lost-wakeup"),
          Programs.named("crossed-locks"),
          Programs.named("lost-update"),
          Programs.named("lost-update-mended"));
  private static final List<Program> DRIVER = List.of(Programs.named("direct/receive"));

  /** Says yes to the question number {@code after}, and from then on. */
  private static final class StopAfter implements CampaignProgress {
    private int left;

    StopAfter(int after) {
      left = after;
    }

    @Override
    public void searching(String program, long schedules, int findings) {}

    @Override
    public void shrinking(String findingId, int number, int of) {}

    @Override
    public synchronized boolean stopRequested() {
      return left-- <= 0;
    }
  }

  private static CampaignRequest request(
      List<Program> programs, String budget, int workers, int shrinkRuns) {
    return new CampaignRequest(
        "test",
        programs,
        StandardStrategies.usual(),
        1,
        Budget.parse(budget),
        workers,
        false,
        shrinkRuns,
        Optional.empty());
  }

  private static CampaignResult run(CampaignRequest request) {
    return Campaign.run(request, new StopAfter(Integer.MAX_VALUE));
  }

  @Test
  void theNumberOfWorkersChangesNothing() {
    CampaignResult one = run(request(CANARIES, "400", 1, 500));
    CampaignResult three = run(request(CANARIES, "400", 3, 500));
    assertFalse(one.findings().isEmpty());
    assertEquals(one.findings(), three.findings());
  }

  @Test
  void theNumberOfWorkersChangesNothingInTheDriverEither() {
    CampaignResult one = run(request(DRIVER, "12", 1, 30));
    CampaignResult two = run(request(DRIVER, "12", 2, 30));
    assertFalse(one.findings().isEmpty());
    assertEquals(one.findings(), two.findings());
  }

  @Test
  void whatIsCalledMinimalNeedsEachStepAndEachUnitOfLoad() {
    CampaignResult result = run(request(DRIVER, "12", 2, 200));
    for (Confirmed found : result.findings()) {
      if (!found.file().minimal()) continue;
      Runner runner = Campaign.runner(found.file());
      List<Step> steps = found.file().steps();
      for (int i = 0; i < steps.size(); i++) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(i);
        assertFalse(runner.run(new StepSchedule(fewer)).hasFound(found.finding().id()));
      }
      if (runner.load() == 1) continue;
      Runner less = runner.withLoad(runner.load() - 1);
      assertFalse(less.run(new StepSchedule(steps)).hasFound(found.finding().id()));
    }
    assertTrue(result.findings().size() > result.notMinimal(), "none is minimal");
  }

  @Test
  void aCampaignThatIsStoppedKeepsWhatItFound() {
    CampaignResult stopped = Campaign.run(request(CANARIES, "4000", 1, 500), new StopAfter(600));
    assertTrue(stopped.stopped());
    assertFalse(stopped.findings().isEmpty());
    assertTrue(stopped.programs().size() < CANARIES.size(), stopped.programs().toString());
    for (Confirmed found : stopped.findings()) {
      Runner runner = Campaign.runner(found.file());
      assertTrue(runner.run(new StepSchedule(found.file().steps())).hasFound(found.finding().id()));
    }
  }

  @Test
  void aTimeBoundsSearchAndShrinkingTogether() {
    CampaignRequest request = request(CANARIES, "60s", 1, 500);
    assertEquals(Duration.ofSeconds(36), request.searchTime());
    assertEquals(500, request.shrinkRuns(1_000));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CampaignRequest(
                "test",
                CANARIES,
                StandardStrategies.usual(),
                1,
                Budget.parse("60s"),
                1,
                false,
                500,
                Optional.of(Duration.ofSeconds(60))));
  }

  @Test
  void aBudgetInSchedulesBoundsShrinkingByRuns() {
    CampaignRequest request = request(CANARIES, "100", 1, 2_000);
    assertEquals(400, request.shrinkRuns(1));
    assertEquals(20, request.shrinkRuns(100));
  }
}
