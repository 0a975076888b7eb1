package besser.experiment.verdict;

import besser.experiment.plan.Arm;
import besser.experiment.verdict.Outcome.Invalidity;
import besser.experiment.verdict.Outcome.Repetition;
import besser.experiment.verdict.Verdict.RepetitionResult;
import java.util.ArrayList;
import java.util.List;

/** Which repetitions were used, and what happened in them. */
final class Repetitions {
  private Repetitions() {}

  static int usable(Outcome outcome, Arm arm) {
    return (int) outcome.of(arm).stream().filter(Repetition::valid).count();
  }

  static List<RepetitionResult> results(Outcome outcome) {
    List<RepetitionResult> results = new ArrayList<>();
    for (Arm arm : Arm.values()) {
      for (Repetition repetition : outcome.of(arm)) {
        results.add(
            new RepetitionResult(
                arm,
                repetition.number(),
                repetition.valid(),
                invalidities(repetition),
                events(repetition)));
      }
    }
    return results;
  }

  static List<String> invalidities(Repetition repetition) {
    List<String> words = new ArrayList<>();
    for (Outcome.Step step : repetition.steps()) {
      for (Invalidity invalidity : step.invalidities()) {
        words.add(step.id() + ": " + invalidity.words());
      }
    }
    return words;
  }

  private static List<String> events(Repetition repetition) {
    List<String> words = new ArrayList<>();
    for (Outcome.Step step : repetition.steps()) {
      step.linkDeath()
          .ifPresent(
              death ->
                  words.add(
                      "%s: link death at %s s"
                          .formatted(step.id(), Figures.spoken(death.secondsIntoStep()))));
    }
    return words;
  }

  static String name(Arm arm, int number) {
    return "%s %d".formatted(arm.word(), number);
  }
}
