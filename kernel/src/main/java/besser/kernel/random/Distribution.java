package besser.kernel.random;

import java.util.Locale;

/**
 * A distribution over whole numbers, usually nanoseconds, held as a table of equally likely
 * quantiles: one array load per sample, and the same value on every machine because the table is
 * built with {@link StrictMath}. The tails beyond the outermost quantile (1 in 2,048) are cut.
 */
public final class Distribution {
  private static final int BITS = 10;
  private static final int QUANTILES = 1 << BITS;

  private final long[] table;
  private final String description;

  private Distribution(long[] table, String description) {
    this.table = table;
    this.description = description;
  }

  /** Always the same value, which must be at least 0. */
  public static Distribution fixed(long value) {
    if (value < 0) throw new IllegalArgumentException("value must be >= 0, got " + value);
    return new Distribution(new long[] {value}, Long.toString(value));
  }

  /** Uniform over [low, high]. */
  public static Distribution uniform(long low, long high) {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException("need 0 <= low <= high, got " + low + " and " + high);
    }
    return tabulate(
        q -> low + q * (high - low), String.format(Locale.ROOT, "uniform %d..%d", low, high));
  }

  /**
   * Log-normal.
   *
   * @param median at least 0
   * @param sigma the standard deviation of the logarithm, 0 to 3
   */
  public static Distribution lognormal(long median, double sigma) {
    if (median < 0) throw new IllegalArgumentException("median must be >= 0, got " + median);
    if (!(sigma >= 0 && sigma <= 3)) {
      throw new IllegalArgumentException("sigma must be 0 to 3, got " + sigma);
    }
    if (sigma == 0 || median == 0) return fixed(median);
    return tabulate(
        q -> median * StrictMath.exp(sigma * NormalQuantile.of(q)),
        String.format(Locale.ROOT, "lognormal median %d sigma %s", median, sigma));
  }

  /** Exponential with the given mean, at least 0. */
  public static Distribution exponential(long mean) {
    if (mean < 0) throw new IllegalArgumentException("mean must be >= 0, got " + mean);
    if (mean == 0) return fixed(0);
    return tabulate(
        q -> -mean * StrictMath.log1p(-q), String.format(Locale.ROOT, "exponential mean %d", mean));
  }

  /** One value, drawn from the given stream; a fixed distribution draws nothing. */
  public long sample(RandomStream random) {
    return table.length == 1 ? table[0] : table[(int) (random.nextLong() >>> (64 - BITS))];
  }

  /** The mean of the table. */
  public double mean() {
    double sum = 0;
    for (long value : table) sum += value;
    return sum / table.length;
  }

  @Override
  public String toString() {
    return description;
  }

  private interface Quantile {
    double at(double probability);
  }

  private static Distribution tabulate(Quantile quantile, String description) {
    long[] table = new long[QUANTILES];
    for (int i = 0; i < QUANTILES; i++) {
      table[i] = StrictMath.round(quantile.at((i + 0.5) / QUANTILES));
    }
    return new Distribution(table, description);
  }
}
