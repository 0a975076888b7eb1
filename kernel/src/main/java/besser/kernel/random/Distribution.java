package besser.kernel.random;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A distribution over whole numbers, usually nanoseconds, held as equally likely quantiles: one
 * array load per sample, and the same value on every machine because the table is built with {@link
 * StrictMath}. The tails beyond the outermost quantile (1 in 2,048) are cut.
 *
 * <p>A value is {@code offset + scale * factor}. Distributions of one shape share their factors, so
 * that hundreds of them stay in the processor's first cache.
 */
public final class Distribution {
  private static final int BITS = 10;
  private static final int QUANTILES = 1 << BITS;
  private static final int FRACTION_BITS = 20;

  private static final long[] ONE = {0};
  private static final long[] UNIFORM = tabulate(q -> q);
  private static final long[] EXPONENTIAL = tabulate(q -> -StrictMath.log1p(-q));
  private static final ConcurrentHashMap<Double, long[]> LOGNORMAL = new ConcurrentHashMap<>();

  private final long offset;
  private final long scale;
  private final long[] factors;
  private final String description;

  private Distribution(long offset, long scale, long[] factors, String description) {
    long largest = Long.MAX_VALUE / 2 / Math.max(1, factors[factors.length - 1]);
    if (scale > largest) {
      throw new IllegalArgumentException("values must be <= " + largest + ", got " + scale);
    }
    this.offset = offset;
    this.scale = scale;
    this.factors = factors;
    this.description = description;
  }

  /** Always the same value, which must be at least 0. */
  public static Distribution fixed(long value) {
    if (value < 0) throw new IllegalArgumentException("value must be >= 0, got " + value);
    return new Distribution(value, 0, ONE, Long.toString(value));
  }

  /** Uniform over [low, high]. */
  public static Distribution uniform(long low, long high) {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException("need 0 <= low <= high, got " + low + " and " + high);
    }
    String description = String.format(Locale.ROOT, "uniform %d..%d", low, high);
    return new Distribution(low, high - low, UNIFORM, description);
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
    String description = String.format(Locale.ROOT, "lognormal median %d sigma %s", median, sigma);
    return new Distribution(0, median, lognormalFactors(sigma), description);
  }

  private static long[] lognormalFactors(double sigma) {
    return LOGNORMAL.computeIfAbsent(
        sigma, s -> tabulate(q -> StrictMath.exp(s * NormalQuantile.of(q))));
  }

  /** Exponential with the given mean, at least 0. */
  public static Distribution exponential(long mean) {
    if (mean < 0) throw new IllegalArgumentException("mean must be >= 0, got " + mean);
    if (mean == 0) return fixed(0);
    String description = String.format(Locale.ROOT, "exponential mean %d", mean);
    return new Distribution(0, mean, EXPONENTIAL, description);
  }

  /** Whether it is always the same value. */
  public boolean isFixed() {
    return scale == 0;
  }

  /** One value, drawn from the given stream; a fixed distribution draws nothing. */
  public long sample(RandomStream random) {
    if (scale == 0) return offset;
    return at((int) (random.nextLong() >>> (64 - BITS)));
  }

  /**
   * Fills {@code values} from {@code from} to before {@code to}, values beyond an int cut to the
   * largest. Several are made of one random number: they are as independent as its bits.
   */
  public void fill(int[] values, int from, int to, RandomStream random) {
    if (scale == 0) {
      Arrays.fill(values, from, to, (int) Math.min(offset, Integer.MAX_VALUE));
      return;
    }
    long bits = 0;
    int left = 0;
    for (int i = from; i < to; i++) {
      if (left == 0) {
        bits = random.nextLong();
        left = Long.SIZE / BITS;
      }
      values[i] = (int) Math.min(at((int) (bits >>> (Long.SIZE - BITS))), Integer.MAX_VALUE);
      bits <<= BITS;
      left--;
    }
  }

  private long at(int quantile) {
    long half = 1L << (FRACTION_BITS - 1);
    return offset + ((scale * factors[quantile] + half) >> FRACTION_BITS);
  }

  /** The mean of the table. */
  public double mean() {
    if (scale == 0) return offset;
    double sum = 0;
    for (int i = 0; i < QUANTILES; i++) sum += at(i);
    return sum / QUANTILES;
  }

  @Override
  public String toString() {
    return description;
  }

  private interface Quantile {
    double at(double probability);
  }

  private static long[] tabulate(Quantile quantile) {
    long[] table = new long[QUANTILES];
    for (int i = 0; i < QUANTILES; i++) {
      double value = quantile.at((i + 0.5) / QUANTILES);
      table[i] = StrictMath.round(value * (1L << FRACTION_BITS));
    }
    return table;
  }
}
