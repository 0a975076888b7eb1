package besser.check.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.check.canary.Canaries;
import besser.check.canary.Canary;
import besser.check.explore.Budget;
import besser.check.explore.Explorer;
import besser.check.explore.Found;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.standard.Programs;
import besser.check.standard.StandardCheckers;
import besser.check.standard.StandardStrategies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShrinkingTest {
  private static final int STEP_LIMIT = 4_000;
  private static final int SCHEDULES = 600;

  static List<Canary> canaries() {
    return Canaries.all();
  }

  private static Runner runner(String program) {
    return new Runner(Programs.named(program), 7, 1, StandardCheckers::all, STEP_LIMIT);
  }

  private static FindingFile shrunkFile(Canary canary) {
    Runner runner = runner(canary.name());
    Found found =
        Explorer.search(
                new SearchRequest(
                    runner, StandardStrategies.usual(), 7, Budget.ofSchedules(SCHEDULES), 1, false),
                SearchProgress.SILENT)
            .found()
            .stream()
            .filter(one -> one.finding().kind() == canary.kind())
            .findFirst()
            .orElseThrow();
    Shrunk shrunk =
        new Shrinker(runner, found.finding().id(), 5_000, Long.MAX_VALUE, Shrinker.Watch.SILENT)
            .shrink(Shrinker.steps(runner, found.decisions()));
    RunOutcome outcome = runner.run(new StepSchedule(shrunk.steps()));
    return FindingFile.of(
        "test",
        canary.name(),
        found.finding(),
        new FindingFile.RunKey(7, STEP_LIMIT),
        shrunk,
        outcome.eventHash());
  }

  @ParameterizedTest
  @MethodSource("canaries")
  void findingReplaysFromItsFileBitForBitAndNeedsEachOfItsSteps(Canary canary) {
    FindingFile file = FindingFile.parse(shrunkFile(canary).toJson());
    Runner runner = runner(file.program());
    RunOutcome outcome = runner.run(new StepSchedule(file.steps()));
    assertTrue(outcome.hasFound(file.findingId()));
    assertEquals(file.eventHash(), outcome.eventHash());
    assertTrue(file.minimal());
    for (int i = 0; i < file.steps().size(); i++) {
      List<Step> fewer = new ArrayList<>(file.steps());
      Step removed = fewer.remove(i);
      RunOutcome without = runner.run(new StepSchedule(fewer));
      assertFalse(without.hasFound(file.findingId()), "not needed: " + removed);
    }
  }

  @Test
  void stepsOfARunAreThatRun() {
    for (int schedule = 0; schedule < 60; schedule++) {
      Runner runner = runner("lost-wakeup-mended");
      var strategy = StandardStrategies.usual().feed(schedule, SHAPE);
      StepRecorder recorder = new StepRecorder(strategy.next(1).getFirst());
      RunOutcome original = runner.run(recorder);
      RunOutcome again = runner.run(new StepSchedule(recorder.steps()));
      assertEquals(original.eventHash(), again.eventHash());
      assertEquals(original.end().steps(), again.end().steps());
    }
  }

  private static final besser.check.strategy.RunShape SHAPE =
      new besser.check.strategy.RunShape(20, 3, new java.util.TreeMap<>());

  @Test
  void stepsHaveATextForm() {
    for (String text :
        List.of(
            "c5#17 -> cpu1:c6",
            "resume#0 -> time",
            "fault:sdio-irq-lost#4 -> yes",
            "alloc:a#b#0 -> yes")) {
      assertEquals(text, Step.parse(text).toString());
    }
    assertTrue(Step.parse("alloc:x#0 -> yes").isFault());
    assertThrows(IllegalArgumentException.class, () -> Step.parse("c5 -> time"));
    assertThrows(IllegalArgumentException.class, () -> Step.parse("c5#x -> time"));
  }

  @Test
  void rejectsFilesThatAreNone() {
    assertEquals(
        "format must be besser-finding/1, got other",
        assertThrows(
                IllegalArgumentException.class, () -> FindingFile.parse("{\"format\": \"other\"}"))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> FindingFile.parse("{"));
    assertEquals(
        "field program is missing",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    FindingFile.parse(
                        "{\"format\": \"besser-finding/1\", \"version\": \"1\", \"steps\": []}"))
            .getMessage());
  }
}
