package besser.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.standard.Programs;
import besser.check.standard.StandardCheckers;
import besser.check.standard.StandardStrategies;
import besser.check.strategy.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplorerTest {
  private static Exploration search(
      String program, String strategy, int schedules, int workers, boolean untilFound) {
    Runner runner = new Runner(Programs.named(program), 3, 1, StandardCheckers::all, 20_000);
    Strategy named = StandardStrategies.named(strategy).orElseThrow();
    return Explorer.search(
        new SearchRequest(runner, named, 5, Budget.ofSchedules(schedules), workers, untilFound),
        SearchProgress.SILENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mix", "random-walk", "pct", "pos", "exhaustive:2", "faults", "faults+pos"})
  void sameSeedSameFindingsWhateverTheNumberOfWorkers(String strategy) {
    Exploration one = search("lost-wakeup", strategy, 400, 1, false);
    Exploration three = search("lost-wakeup", strategy, 400, 3, false);
    assertEquals(one.found(), three.found());
    assertEquals(one.steps(), three.steps());
    assertEquals(one.schedules(), three.schedules());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mix", "random-walk", "pct", "pos", "exhaustive:3"})
  void everyStrategyFindsALostWakeUp(String strategy) {
    assertTrue(search("lost-wakeup", strategy, 3_000, 2, true).found().size() == 1);
  }

  @Test
  void stopsAtTheFirstFindingWhenAsked() {
    Exploration whole = search("lost-wakeup", "random-walk", 2_000, 2, false);
    Exploration first = search("lost-wakeup", "random-walk", 2_000, 2, true);
    assertEquals(whole.found().getFirst().first(), first.schedules() - 1);
  }

  @Test
  void anExhaustiveSearchEnds() {
    Exploration bound1 = search("lost-update-mended", "exhaustive:1", 100_000, 2, false);
    Exploration bound2 = search("lost-update-mended", "exhaustive:2", 100_000, 2, false);
    assertTrue(bound1.exhausted() && bound2.exhausted());
    assertTrue(bound2.schedules() > bound1.schedules(), bound2.schedules() + " schedules");
    assertTrue(bound2.found().isEmpty());
  }

  @Test
  void aRunThatNeverEndsIsEndedByItsSteps() {
    Exploration exploration = search("polite-pollers", "random-walk", 3, 1, false);
    assertEquals("livelock", exploration.found().getFirst().finding().kind().id());
    assertEquals(60_000, exploration.steps());
  }

  @Test
  void budgetsAreReadFromText() {
    assertEquals(Duration.ofSeconds(60), Budget.parse("60s").time());
    assertEquals(Duration.ofMinutes(2), Budget.parse("2m").time());
    assertEquals(5_000, Budget.parse("5000").schedules());
    assertEquals("5000 schedules", Budget.parse("5000").toString());
    assertEquals("1500ms", Budget.parse("1500ms").toString());
    assertThrows(IllegalArgumentException.class, () -> Budget.parse("soon"));
    assertThrows(IllegalArgumentException.class, () -> Budget.parse("0"));
    assertThrows(IllegalArgumentException.class, () -> Budget.parse("0s"));
  }
}
