package besser.experiment.plan;

import java.util.Optional;

/**
 * A claim about a metric's change, stated before the patched arm is measured.
 *
 * @param id unique within the plan
 * @param metric the metric's id
 * @param step the step it is about
 * @param words the plan's own wording of the change
 * @param note why, and what the author is unsure of
 */
public record Prediction(
    String id,
    String metric,
    String step,
    Claim claim,
    Confidence confidence,
    String words,
    Optional<String> note) {

  public Prediction {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a prediction needs an id");
    }
  }
}
