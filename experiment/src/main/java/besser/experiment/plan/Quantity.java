package besser.experiment.plan;

import besser.metrics.Unit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with its unit, as a plan writes it: {@code 1.0 MB/s}, {@code 15 %}, {@code 5643 /s}.
 *
 * @param value finite
 */
public record Quantity(double value, Unit unit) {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9][0-9,_]*(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\\s*(.*)");

  public Quantity {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a quantity must be finite, got " + value);
    }
  }

  /**
   * Reads a number and a unit.
   *
   * @throws IllegalArgumentException with what was expected
   */
  public static Quantity parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a number with a unit, such as 1.0 MB/s");
    }
    String symbol = matcher.group(2).isBlank() ? Unit.COUNT.symbol() : matcher.group(2);
    Unit unit =
        Unit.of(symbol)
            .orElseThrow(
                () -> new IllegalArgumentException("a number with a unit of " + Unit.symbols()));
    return new Quantity(Double.parseDouble(matcher.group(1).replaceAll("[,_]", "")), unit);
  }

  /**
   * This quantity's value in another unit.
   *
   * @throws IllegalArgumentException when the two units measure different things
   */
  public double in(Unit wanted) {
    if (wanted.dimension() != unit.dimension()) {
      throw new IllegalArgumentException(
          "a quantity that converts to " + wanted.symbol() + ", not one in " + unit.symbol());
    }
    return wanted == unit ? value : wanted.fromBase(unit.toBase(value));
  }
}
