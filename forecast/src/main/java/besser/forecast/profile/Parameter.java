package besser.forecast.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One figure of a device, or one choice.
 *
 * @param name dotted path, such as {@code air.downlink.mcs}
 * @param value the figure; 0 for a choice
 * @param low least plausible value
 * @param high greatest plausible value
 * @param unit such as {@code ns}, {@code B}, {@code 1}
 * @param spread standard deviation of the logarithm where it varies from use to use, 0 to 3
 * @param choice the word chosen, for a choice
 * @param choices the words there are, for a choice
 * @param source a datasheet, a published measurement, arithmetic, or "assumed"
 * @param note anything else a reader should know
 */
public record Parameter(
    String name,
    double value,
    double low,
    double high,
    String unit,
    double spread,
    Optional<String> choice,
    List<String> choices,
    String source,
    Optional<String> note) {
  public Parameter {
    choices = List.copyOf(choices);
    if (choice.isEmpty() && !(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s must be in %s..%s %s, got %s", name, low, high, unit, value));
    }
    if (choice.isPresent() && !choices.contains(choice.get())) {
      throw new IllegalArgumentException(
          name + " must be one of " + choices + ", got " + choice.get());
    }
    if (!(spread >= 0 && spread <= 3)) {
      throw new IllegalArgumentException("spread of " + name + " must be in 0..3, got " + spread);
    }
    if (source.isBlank()) throw new IllegalArgumentException(name + " needs a source");
  }

  /** The same figure with another value, which must lie in its range. */
  public Parameter withValue(double newValue) {
    return new Parameter(name, newValue, low, high, unit, spread, choice, choices, source, note);
  }

  /** Whether it is a figure and could have another value. */
  public boolean isFree() {
    return choice.isEmpty() && low < high;
  }

  /** Whether its source is nothing but plausibility. */
  public boolean isAssumed() {
    return source.toLowerCase(Locale.ROOT).startsWith("assumed");
  }
}
