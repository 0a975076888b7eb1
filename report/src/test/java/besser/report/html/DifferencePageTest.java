package besser.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Unit;
import besser.metrics.table.Difference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencePageTest {
  private static final DifferencePage.Side BEFORE =
      new DifferencePage.Side(
          "runs/relay-1/capture", "perf.data", Map.of("main_[k];read_[k]", 60L, "idle_[k]", 40L));
  private static final DifferencePage.Side AFTER =
      new DifferencePage.Side(
          "runs/direct-1/capture", "perf.data", Map.of("main_[k];read_[k]", 30L, "new_[k]", 70L));

  private static String page() {
    Difference.Growth growth = new Difference.Growth("new [k]", 0, 0.7, 0, 70, 8.37);
    Difference functions = new Difference(List.of(growth), Unit.Dimension.SHARE);
    return DifferencePage.render(BEFORE, AFTER, Optional.empty(), Optional.of(functions));
  }

  @Test
  void isCalledByWhatTellsTheTwoPathsApart() {
    assertEquals(
        List.of("relay-1", "direct-1"),
        DifferencePage.shortNames("runs/relay-1/capture", "runs/direct-1/capture"));
    assertEquals(List.of("a.data", "b.data"), DifferencePage.shortNames("a.data", "b.data"));
    assertEquals(List.of("a/b", "a/b/c"), DifferencePage.shortNames("a/b", "a/b/c"));
    assertEquals(List.of("same", "same"), DifferencePage.shortNames("same", "same"));
    assertTrue(page().contains("<h1>relay-1 \u2192 direct-1</h1>"));
  }

  @Test
  void drawsTheSameChangeOnTheStacksOfBoth() {
    String page = page();
    // read lost 30 points and new gained 70: one title each way, where the frame is at all
    String read = "read: 60 % of samples before, 30 % after";
    assertEquals(2, page.split(read, -1).length - 1, page);
    assertEquals(1, page.split("idle: 40 % of samples before, 0 % after", -1).length - 1);
    assertEquals(1, page.split("new: 0 % of samples before, 70 % after", -1).length - 1);
    assertFalse(page.contains("_[k]"));
  }

  @Test
  void givesEachColumnItsUnit() {
    String page = page();
    assertTrue(page.contains("share of samples before"), page);
    assertTrue(page.contains("<td>70 %</td><td>+70 points</td><td>+8.4</td>"), page);
  }
}
