package besser.check.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.standard.Programs;
import besser.check.standard.StandardCheckers;
import besser.check.standard.StandardStrategies;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CoverageTest {
  private static Coverage search(String program, String strategy) {
    Runner runner = new Runner(Programs.named(program), 1, 1, StandardCheckers::all, 5_000);
    Exploration exploration =
        Explorer.search(
            new SearchRequest(
                runner,
                StandardStrategies.named(strategy).orElseThrow(),
                1,
                Budget.ofSchedules(50),
                2,
                false),
            SearchProgress.SILENT);
    return exploration.coverage();
  }

  @Test
  void tellsInWhichContextsAndStatesAFunctionWasSeen() {
    Coverage coverage = search("irq-lock-mended", "random-walk");
    assertEquals(Set.of("hardirq"), coverage.states("toy").get("toy_irq"));
    assertEquals(Set.of("task, interrupts off"), coverage.states("toy").get("toy_read"));
    assertEquals(2, coverage.reached("toy"));
  }

  @Test
  void namesTheFunctionsThatWereNotReached() {
    List<String> missing = search("irq-lock-mended", "random-walk").functionsNotReached("toy");
    assertTrue(missing.contains("toy_timer"), missing.toString());
    assertFalse(missing.contains("toy_irq"), missing.toString());
  }

  @Test
  void tellsWhichFaultsOccurredAndWhichCouldHave() {
    Coverage calm = search("leak-mended", "random-walk");
    assertEquals(List.of("toy_data", "toy_head"), calm.faultsNotReached());
    Coverage faulty = search("leak-mended", "faults");
    assertEquals(List.of("toy_data", "toy_head"), faulty.faultsReached());
    assertEquals(List.of(), faulty.faultsNotReached());
  }
}
