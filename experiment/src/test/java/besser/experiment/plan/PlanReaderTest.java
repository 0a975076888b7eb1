package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Filter;
import besser.metrics.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanReaderTest {
  private static final String GOOD = read("../plans/patch-c.yaml");

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String with(String found, String replacement) {
    assertTrue(GOOD.contains(found), () -> "the plan no longer holds " + found);
    return GOOD.replace(found, replacement);
  }

  private static List<PlanProblem> problems(String text) {
    return assertThrows(PlanRejected.class, () -> PlanReader.read("p.yaml", text)).problems();
  }

  private static String only(String text) {
    List<PlanProblem> problems = problems(text);
    assertEquals(1, problems.size(), problems::toString);
    return problems.getFirst().toString();
  }

  private static int lineOf(String text, String needle) {
    return (int) text.substring(0, text.indexOf(needle)).lines().count();
  }

  @Test
  void namesPlaceExpectedAndFound() {
    String text =
        with("    confidence: medium\n    words: _raw", "    confidence: meduim\n    words: _raw");
    assertEquals(
        "p.yaml:%d:17: expected high, medium, low or a probability in (0, 1], found 'meduim'"
            .formatted(lineOf(text, "confidence: meduim")),
        only(text));
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    String message = only(with("locked: true", "locked: true\n  statment: x"));
    assertTrue(message.contains("unknown key 'statment' (did you mean 'statement'?)"), message);
  }

  @Test
  void reportsEveryErrorAtOnce() {
    String text =
        with("repetitions: 3\n  # Where", "repetitions: many\n  # Where")
            .replace("claim: {marginal: 5 %}", "claim: {marginal: 5 KB/s}")
            .replace(
                "unit: us\n    source:\n      duration:\n        from: \"workqueue:workqueue_queue_work\"",
                "unit: parsec\n    source:\n      duration:\n        from: \"workqueue_queue_work\"");
    List<PlanProblem> problems = problems(text);
    assertEquals(
        4,
        problems.size(),
        () -> String.join("\n", problems.stream().map(Object::toString).toList()));
  }

  @Test
  void refusesAnUnknownReferenceWithTheNearestName() {
    String message = only(with("    metric: goodput_spread\n", "    metric: goodput_spred\n"));
    assertTrue(message.contains("'goodput_spred' (did you mean 'goodput_spread'?)"), message);
  }

  @Test
  void refusesAMetricJudgedWhereNothingCapturesIt() {
    String message = only(with("    steps: [4MBps]\n", ""), 2);
    assertTrue(message.contains("steps whose captures hold a profile"), message);
    assertTrue(message.contains("step '1MBps'"), message);
  }

  private static String only(String text, int count) {
    List<PlanProblem> problems = problems(text);
    assertEquals(count, problems.size(), problems::toString);
    return problems.getFirst().toString();
  }

  @Test
  void refusesAPredictionOnAStepThatItsMetricIsNotJudgedOn() {
    String message =
        only(
            with(
                "metric: unlock_irqrestore_share\n    step: 4MBps\n    claim: {within",
                "metric: unlock_irqrestore_share\n    step: 1MBps\n    claim: {within"));
    assertTrue(message.contains("a step that unlock_irqrestore_share is judged on"), message);
  }

  @Test
  void refusesTwoClaimsInOne() {
    String message =
        only(
            with(
                "claim: {becomes: zero}\n    confidence: high\n    words: rx",
                "claim: {becomes: zero, marginal: 5 %}\n    confidence: high\n    words: rx"));
    assertTrue(message.contains("found becomes and marginal"), message);
  }

  @Test
  void refusesARangeThatFalls() {
    String message = only(with("within: [12 %, 15 %]", "within: [15 %, 12 %]"));
    assertTrue(message.contains("a range must rise from low to high"), message);
  }

  @Test
  void refusesASecondPredictionOfTheSameName() {
    String message = only(with("id: rx-wakes-gone", "id: rx-queue-lock-gone"));
    assertTrue(message.contains("a second 'rx-queue-lock-gone'"), message);
  }

  @Test
  void refusesAKeyGivenTwice() {
    String message = only(with("chosen: A\n", "chosen: A\n  chosen: B\n"));
    assertTrue(message.contains("each key once"), message);
  }

  @Test
  void refusesABadFilterAndShowsOne() {
    String message =
        only(
            with(
                "where: function == sdio_rx_work || function == sdio_tx_work",
                "where: function = sdio_rx_work"));
    assertTrue(message.contains("a filter such as 'function == sdio_rx_work'"), message);
  }

  @Test
  void refusesTextThatIsNotYamlWithItsPlace() {
    assertEquals("p.yaml:2:2", only("plan: [a\nb: c\n").substring(0, 10));
    assertTrue(only("").contains("an empty file"));
    assertTrue(only("- a\n").contains("expected a mapping"));
  }

  @Test
  void commentsAndLayoutDoNotChangeWhatIsJudged() {
    LoadedPlan loaded = PlanReader.read("p.yaml", GOOD);
    LoadedPlan commented =
        PlanReader.read(
            "p.yaml",
            with(
                "claim: {within: [12 %, 15 %]}",
                "claim:\n      within: # was a guess\n        - 12 %\n        - 15 %"));
    assertEquals(loaded.judged(), commented.judged());
    LoadedPlan changed = PlanReader.read("p.yaml", with("[12 %, 15 %]", "[12 %, 16 %]"));
    assertNotEquals(loaded.judged(), changed.judged());
    assertFalse(loaded.judged().containsKey("author"));
  }

  @Test
  void readsFiltersAsTheKernelDoes() {
    assertEquals(
        "(a == 1 || b != two) && c ~ kworker*",
        Filter.parse("(a == 1 || b != two) && c ~ \"kworker*\"").toString());
    assertThrows(IllegalArgumentException.class, () -> Filter.parse("a == "));
    assertThrows(IllegalArgumentException.class, () -> Filter.parse("a == 1 b"));
    assertThrows(IllegalArgumentException.class, () -> Filter.parse("(a == 1"));
  }

  @Test
  void readsQuantitiesInTheUnitThatIsWanted() {
    assertEquals(1000, Quantity.parse("1.0 MB/s").in(Unit.KILOBYTES_PER_SECOND));
    assertEquals(5643, Quantity.parse("5,643 /s").in(Unit.PER_SECOND));
    assertEquals(15, Quantity.parse("15 %").in(Unit.PERCENT));
    assertEquals(12, Quantity.parse("12 µs").in(Unit.MICROSECONDS));
    assertThrows(IllegalArgumentException.class, () -> Quantity.parse("1 MB/s").in(Unit.PERCENT));
    assertThrows(IllegalArgumentException.class, () -> Quantity.parse("fast"));
  }
}
