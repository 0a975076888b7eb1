package besser.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "1|1",
        "5643|5,643",
        "725.4|725",
        "72.54|72.5",
        "12|12",
        "0.7254|0.725",
        "99.96|100",
        "9.996|10",
        "-3.14159|-3.14",
        "1234567|1,234,567",
        "0.00001|1.00e-05"
      })
  void writesThreeSignificantDigits(double value, String expected) {
    assertEquals(expected, Figures.number(value));
  }

  @Test
  void leavesOutTheUnitOfPlainCounts() {
    assertEquals("3", Figures.of(3, "1"));
    assertEquals("725 KB/s", Figures.of(725, "KB/s"));
  }

  @Test
  void writesARatioAsASignedChange() {
    assertEquals("+5.0 %", Figures.change(1.05));
    assertEquals("−25 %", Figures.change(0.75));
  }

  @Test
  void alignsColumnsWithoutCountingColours() {
    List<String> lines =
        new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT)
            .row(Style.COLOUR.good("a"), "1")
            .row("bbb", "22")
            .lines();
    assertEquals(List.of("\u001b[32ma\u001b[0m     1", "bbb  22"), lines);
  }

  @Test
  void refusesARowOfTheWrongLength() {
    TextTable table = new TextTable(TextTable.Align.LEFT);
    assertThrows(IllegalArgumentException.class, () -> table.row("a", "b"));
  }

  @Test
  void breaksLinesAtBlanksAndKeepsLongWordsWhole() {
    assertEquals(
        List.of("  aa bb", "  cccccccccc", "  d"), Wrap.lines("aa bb cccccccccc d", 8, "  "));
  }
}
