package besser.rig.run;

import java.util.Optional;

/**
 * One metric's figure of one step.
 *
 * @param metric the metric's id in the plan
 * @param value in {@code unit}; finite
 * @param unit as the plan writes it
 * @param basis what it was computed from, in words, such as {@code 84,312 samples}
 * @param doubt why it must not be trusted, when it must not: lost events, a missing capture
 */
public record FigureRecord(
    String metric, double value, String unit, String basis, Optional<String> doubt) {
  public FigureRecord {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("figure " + metric + " must be finite, got " + value);
    }
  }
}
