package besser.metrics;

import java.util.Arrays;

/**
 * A metric second by second through a window, for plots. Points are autocorrelated: they are no
 * replicates and carry no test.
 */
public final class SecondSeries {
  private final String metric;
  private final Unit unit;
  private final double[] values;

  /**
   * @param values one per started second of the window in {@code unit}; {@link Double#NaN} where a
   *     second has no figure (a share of no samples)
   */
  public SecondSeries(String metric, Unit unit, double[] values) {
    this.metric = metric;
    this.unit = unit;
    this.values = values.clone();
  }

  /** The metric's id. */
  public String metric() {
    return metric;
  }

  /** The unit of every value. */
  public Unit unit() {
    return unit;
  }

  /** How many seconds there are. */
  public int size() {
    return values.length;
  }

  /** The value of a second, counted from the window's start; NaN where there is none. */
  public double value(int second) {
    return values[second];
  }

  /** A copy of all values. */
  public double[] values() {
    return values.clone();
  }

  @Override
  public String toString() {
    return metric + " in " + unit.symbol() + " " + Arrays.toString(values);
  }
}
