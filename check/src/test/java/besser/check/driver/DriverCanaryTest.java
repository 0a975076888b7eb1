package besser.check.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.FindingKind;
import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.strategy.RandomWalk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverCanaryTest {
  @ParameterizedTest
  @CsvSource({
    "LOSES_A_FRAME, FRAME_LOST",
    "REPEATS_A_FRAME, FRAME_DUPLICATED",
    "SWAPS_FRAMES, FRAME_REORDERED",
    "KEEPS_AN_SKB, LEAK",
    "COUNTS_CREDITS_WITHOUT_A_LOCK, ACCOUNT",
    "NUMBERS_WRONGLY, SEQUENCE",
    "DELIVERS_ON_A_DEAD_BUS, MISUSE",
    "GIVES_UP, LINK_DEATH"
  })
  void eachPlantedDefectIsSeenAndNothingElse(ToyReceiver.Defect defect, FindingKind kind) {
    Exploration exploration = search(defect, 500);
    List<FindingKind> kinds =
        exploration.found().stream().map(found -> found.finding().kind()).distinct().toList();
    assertTrue(kinds.contains(kind), defect + ": " + exploration.found());
    boolean onlyThat = kinds.equals(List.of(kind));
    // A dead link's accounts are the link's own business.
    assertTrue(onlyThat || defect == ToyReceiver.Defect.GIVES_UP, defect + ": " + kinds);
  }

  @Test
  void theMendedTwinIsQuiet() {
    Exploration exploration = search(ToyReceiver.Defect.NONE, 5_000);
    assertEquals(List.of(), exploration.found());
    assertEquals(5_000, exploration.schedules());
  }

  private static Exploration search(ToyReceiver.Defect defect, long schedules) {
    Runner runner = new Runner(new ToyReceiver(defect), 1, 1, List::of, 100_000);
    SearchRequest request =
        new SearchRequest(runner, new RandomWalk(), 1, Budget.ofSchedules(schedules), 1, false);
    return Explorer.search(request, SearchProgress.SILENT);
  }
}
