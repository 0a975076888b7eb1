package besser.metrics;

import java.util.OptionalDouble;

/**
 * The value of a metric in a window.
 *
 * @param metric the metric's id
 * @param value in {@code unit}; present unless the quality is {@link Quality.Missing}
 * @param weight how many observations it rests on: events counted, samples in the denominator,
 *     pairs, seconds with bytes, values of a series
 * @param quality how far to trust it
 */
public record Figure(String metric, OptionalDouble value, Unit unit, long weight, Quality quality) {

  public Figure {
    if (value.isPresent() == quality instanceof Quality.Missing) {
      throw new IllegalArgumentException(
          "figure " + metric + " must have a value unless it is missing, got " + value);
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException(
          "figure " + metric + " must be finite, got " + value.getAsDouble());
    }
    if (weight < 0) {
      throw new IllegalArgumentException("weight must be >= 0, got " + weight);
    }
  }

  /** A figure that could not be computed. */
  public static Figure missing(MetricDefinition metric, String reason) {
    return new Figure(
        metric.id(), OptionalDouble.empty(), metric.unit(), 0, new Quality.Missing(reason));
  }

  /** A figure from a value in the base unit of the metric's dimension. */
  public static Figure of(MetricDefinition metric, double baseValue, long weight, Quality quality) {
    return new Figure(
        metric.id(),
        OptionalDouble.of(metric.unit().fromBase(baseValue)),
        metric.unit(),
        weight,
        quality);
  }
}
