package besser.experiment.plan;

import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Unit;
import java.util.List;

/**
 * A named figure with a unit.
 *
 * @param id how predictions, records and outcomes name it
 * @param unit the unit of every value of this metric in an outcome
 * @param better which direction is an improvement
 * @param equivalence the practical-equivalence band as a fraction: a relative change within it does
 *     not matter to anybody (0.05 is 5 %)
 * @param floor the smallest value the instrument tells from zero, in {@code unit}; smaller values
 *     are raised to it before a logarithm is taken
 * @param steps the steps it is judged on
 * @param computed how the figure comes about, in words
 */
public record Metric(
    String id,
    String name,
    Unit unit,
    Source source,
    Better better,
    double equivalence,
    double floor,
    List<String> steps,
    String computed) {

  /** Which direction of a change is an improvement. */
  public enum Better {
    HIGHER,
    LOWER,
    /** A figure that only describes. */
    NEITHER
  }

  public Metric {
    steps = List.copyOf(steps);
    MetricDefinition.requireFitting(id, unit, source);
    if (!id.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "a metric id is lower case letters, digits and _, got '" + id + "'");
    }
    if (!(equivalence > 0 && equivalence < 1)) {
      throw new IllegalArgumentException(
          "equivalence of " + id + " must be in (0, 1), got " + equivalence);
    }
    if (!(floor > 0)) {
      throw new IllegalArgumentException("floor of " + id + " must be > 0, got " + floor);
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("metric " + id + " must be judged on at least one step");
    }
  }

  /** The name of a metric's figure at one step, as the verdict and noise floors have it. */
  public static String at(String metric, String step) {
    return metric + "@" + step;
  }

  /** What is to be measured for it. */
  public MetricDefinition definition() {
    return new MetricDefinition(id, unit, source);
  }

  /** Whether this metric is computed over repetitions and so never stands in an outcome. */
  public boolean overRepetitions() {
    return source instanceof Source.Spread;
  }
}
