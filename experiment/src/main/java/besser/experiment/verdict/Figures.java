package besser.experiment.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Figures as a verdict writes them. */
final class Figures {
  /** Enough for any instrument; few enough that the last digit does not depend on rounding. */
  private static final MathContext WRITTEN = new MathContext(9);

  private static final MathContext SPOKEN = new MathContext(3);

  private Figures() {}

  static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(WRITTEN).doubleValue() : value;
  }

  static List<Double> rounded(List<Double> values) {
    return values.stream().map(Figures::rounded).toList();
  }

  /** A figure in words: three digits, more only before the decimal point. */
  static String spoken(double value) {
    if (value == 0) {
      return "0";
    }
    if (Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SPOKEN).stripTrailingZeros();
    return Math.abs(value) < 1e-4 ? rounded.toString() : rounded.toPlainString();
  }

  static String spoken(List<Double> values) {
    return String.join(" / ", values.stream().map(Figures::spoken).toList());
  }

  /** A ratio as a change: 1.05 is {@code +5 %}. */
  static String change(double ratio) {
    if (ratio >= 3) {
      return "×" + spoken(ratio);
    }
    double percent = 100 * (ratio - 1);
    return (percent < 0 ? "−" : "+") + spoken(Math.abs(percent)) + " %";
  }

  static String p(double p) {
    return p < 0.0001 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", p);
  }
}
