package besser.report.text;

import besser.experiment.verdict.Verdict;
import java.util.Locale;
import java.util.Optional;

/**
 * Figures as people read them: three significant digits, thousands set off, units after a blank.
 */
public final class Figures {
  private Figures() {}

  /** A value with its unit; the unit {@code 1} is that of plain counts and is left out. */
  public static String of(double value, String unit) {
    String number = number(value);
    return unit.isEmpty() || unit.equals("1") ? number : number + " " + unit;
  }

  /** A value to three significant digits, more only where a whole number has them. */
  public static String number(double value) {
    if (value == 0) return "0";
    double size = Math.abs(value);
    if (size >= 1e15 || size < 1e-4) return String.format(Locale.ROOT, "%.2e", value);
    if (size >= 99.95) return String.format(Locale.ROOT, "%,d", Math.round(value));
    int decimals = size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 ? 3 : 4;
    return trimZeros(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /** A ratio as a change in per cent, with its sign. */
  public static String change(double ratio) {
    double percent = (ratio - 1) * 100;
    String size = Math.abs(percent) < 9.95 ? "%+.1f %%" : "%+,.0f %%";
    return String.format(Locale.ROOT, size, percent).replace('-', '\u2212');
  }

  /** The patched arm's change; absent where a figure is missing or the baseline has nothing. */
  public static Optional<String> change(Verdict.Measured measured) {
    return measured
        .ratio()
        .filter(ratio -> ratio > 0 && !measured.fromNothing())
        .map(Figures::change);
  }

  private static String trimZeros(String number) {
    if (number.indexOf('.') < 0) return number;
    String trimmed = number.replaceAll("0+$", "");
    return trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
  }
}
