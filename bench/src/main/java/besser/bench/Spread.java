package besser.bench;

import java.util.List;
import java.util.Locale;

/**
 * Some measurements of one thing, in one unit.
 *
 * @param values in ascending order, at least one
 */
public record Spread(List<Double> values) {
  public Spread {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a spread needs a measurement, got none");
    }
    values = values.stream().sorted().toList();
  }

  /** The smallest. */
  public double least() {
    return values.getFirst();
  }

  /** Half are smaller and half are greater. */
  public double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /** The greatest. */
  public double greatest() {
    return values.getLast();
  }

  /** The value below which a share of all lies, 0 to 1; of two it could be the nearer. */
  public double quantile(double share) {
    return values.get((int) Math.round(share * (values.size() - 1)));
  }

  /** Minimum, median and maximum. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%6.3f %6.3f %6.3f", least(), median(), greatest());
  }
}
