package besser.experiment.plan;

import java.util.List;

/**
 * What was measured before the change.
 *
 * @param step the step whose window the values are from
 * @param repetitions how many repetitions they rest on
 */
public record Baseline(
    String step, int repetitions, String measured, String note, List<Entry> entries) {

  public Baseline {
    entries = List.copyOf(entries);
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
    }
  }

  /** One row of the baseline table. */
  public record Entry(String metric, String tool, State state, String note) {}

  /** What is known of a baseline value; figures in the metric's unit. */
  public sealed interface State {}

  /** One figure for each repetition. */
  public record PerRepetition(List<Double> values) implements State {
    public PerRepetition {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("at least one repetition's value is needed");
      }
    }
  }

  /** One figure for all repetitions together, as precise as {@code about} says. */
  public record About(double value) implements State {}

  /** Nobody measured it yet; phase 3 stays open until somebody does. */
  public record NotMeasured(String until) implements State {}
}
