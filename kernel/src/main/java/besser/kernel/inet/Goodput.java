package besser.kernel.inet;

import java.util.Arrays;

/**
 * Application bytes over time, by whole seconds since boot: what {@code pv} behind netcat shows.
 */
public final class Goodput {
  private static final long SECOND_NANOS = 1_000_000_000;

  private long[] perSecond = new long[64];
  private int seconds;
  private long bytes;

  /** For the reader: bytes that the application has got at a time. */
  void add(int count, long nowNanos) {
    int second = Math.toIntExact(nowNanos / SECOND_NANOS);
    if (second >= perSecond.length) {
      perSecond = Arrays.copyOf(perSecond, Math.max(second + 1, 2 * perSecond.length));
    }
    perSecond[second] += count;
    seconds = Math.max(seconds, second + 1);
    bytes += count;
  }

  /** All bytes so far. */
  public long bytes() {
    return bytes;
  }

  /**
   * Bytes per second, from the second {@code from} up to but without {@code to}, counted from boot;
   * seconds in which nothing came are 0.
   */
  public long[] perSecond(int from, int to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("need 0 <= from <= to, got " + from + " and " + to);
    }
    long[] series = new long[to - from];
    for (int i = 0; i < series.length; i++) {
      series[i] = from + i < seconds ? perSecond[from + i] : 0;
    }
    return series;
  }
}
