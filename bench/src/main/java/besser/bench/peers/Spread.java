package besser.bench.peers;

import java.util.List;
import java.util.Locale;

/**
 * Some measurements of one thing, in seconds.
 *
 * @param seconds in ascending order, at least one
 */
record Spread(List<Double> seconds) {
  Spread {
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException("a spread needs a measurement, got none");
    }
    seconds = seconds.stream().sorted().toList();
  }

  double least() {
    return seconds.getFirst();
  }

  double median() {
    int middle = seconds.size() / 2;
    return seconds.size() % 2 == 1
        ? seconds.get(middle)
        : (seconds.get(middle - 1) + seconds.get(middle)) / 2;
  }

  double greatest() {
    return seconds.getLast();
  }

  /** Minimum, median and maximum. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%6.3f %6.3f %6.3f", least(), median(), greatest());
  }
}
