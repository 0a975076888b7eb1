package besser.report.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandOverTest {
  private static final Plan PLAN = PlanReader.read(Path.of("..", "plans", "patch-c.yaml")).plan();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "one __le16_to_cpu;one %%__%%le16_to_cpu",
        "(hw_priv, **skb);(hw_priv, %%**%%skb)",
        "bus -> skb;bus %%->%% skb",
        "use `a__b` here;use ''%%a__b%%'' here",
        "- item;  * item",
        "2. second;  - second",
        "### §4.5 Predicted;=== §4.5 Predicted ==="
      })
  void keepsTheLettersAndTurnsTheMarkup(String markdown, String dokuWiki) {
    assertEquals(dokuWiki + "\n", DokuWikiText.ofMarkdown(markdown));
  }

  @Test
  void makesTheFirstRowOfATableItsHead() {
    assertEquals(
        "^ metric ^ change ^\n| rate | 0 |\n",
        DokuWikiText.ofMarkdown("| metric | change |\n|---|---|\n| rate | 0 |"));
  }

  @Test
  void leavesCodeAlone() {
    assertEquals(
        "<code c>\na -> b; // **c\n</code>\n",
        DokuWikiText.ofMarkdown("```c\na -> b; // **c\n```"));
  }

  @Test
  void leavesNoWordOfThePlanOut() {
    String page = words(HandOver.dokuWiki(PLAN));
    for (Plan.Section section : PLAN.document()) {
      for (String line : section.text().lines().toList()) {
        if (line.startsWith("```") || line.matches("\\|[-|: ]*")) continue;
        String content = words(line.replaceFirst("^\\s*(\\d+\\.|[-*#]+) ", ""));
        assertTrue(page.contains(content), () -> section.heading() + " lost: " + line);
      }
    }
  }

  @Test
  void putsGoalSituationMeasurementsAndPlanInThisOrder() {
    String page = HandOver.dokuWiki(PLAN);
    assertTrue(
        Pattern.compile(
                "===== Goal =.*===== Situation =.*===== Measurements =.*===== Plan =",
                Pattern.DOTALL)
            .matcher(page)
            .find());
  }

  /** Letters, digits and signs without what either markup adds. */
  private static String words(String text) {
    return text.replaceAll("%%|''|`|\\^|\\||\\s", "");
  }
}
