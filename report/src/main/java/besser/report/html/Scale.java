package besser.report.html;

import java.util.ArrayList;
import java.util.List;

/** From values to positions on an axis. */
record Scale(double low, double high, double from, double to) {

  /** An axis from {@code from} to {@code to} over all the values, with a little air. */
  static Scale over(List<Double> values, double from, double to) {
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double air = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.1, 0.5);
    double start = low >= 0 && low - air < 0 ? 0 : low - air;
    return new Scale(start, high + air, from, to);
  }

  double at(double value) {
    double clamped = Math.max(low, Math.min(high, value));
    return from + (clamped - low) / (high - low) * (to - from);
  }

  /** Two to six round values in range. */
  List<Double> ticks() {
    double raw = (high - low) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      step = factor * power;
      if (step >= raw) break;
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) ticks.add(i * step);
    return ticks;
  }
}
