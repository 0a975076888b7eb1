package besser.check.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.Program;
import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.standard.StandardCheckers;
import besser.check.standard.StandardStrategies;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CanariesTest {
  /** A long run asks for more with {@code -Dbesser.check.schedules=100000}. */
  private static final int SCHEDULES = Integer.getInteger("besser.check.schedules", 1_000);

  private static final int STEPS = 8_000;

  static List<Canary> canaries() {
    return Canaries.all();
  }

  private static Exploration search(Program program) {
    Runner runner = new Runner(program, 1, program.load(), StandardCheckers::all, STEPS);
    return Explorer.search(
        new SearchRequest(
            runner, StandardStrategies.usual(), 1, Budget.ofSchedules(SCHEDULES), 2, false),
        SearchProgress.SILENT);
  }

  @ParameterizedTest
  @MethodSource("canaries")
  void findsThePlantedDefect(Canary canary) {
    Exploration exploration = search(canary.program());
    assertTrue(
        exploration.found().stream().anyMatch(f -> f.finding().kind() == canary.kind()),
        "found " + exploration.found().stream().map(f -> f.finding().id()).toList());
  }

  @ParameterizedTest
  @MethodSource("canaries")
  void isSilentOnTheMendedTwin(Canary canary) {
    Exploration exploration = search(canary.twin());
    assertEquals(List.of(), exploration.found());
    assertTrue(exploration.schedules() >= SCHEDULES, "ran " + exploration.schedules());
  }
}
