package besser.metrics.measure;

import java.util.Arrays;

/** A number for each bin of a timeline. It grows with a window whose end is open. */
final class Bins {
  private long[] values;

  /** All bins 0. */
  Bins(int bins) {
    this.values = new long[bins];
  }

  void increment(int bin) {
    if (bin >= values.length) {
      grow(bin);
    }
    values[bin]++;
  }

  void add(int bin, long more) {
    if (bin >= values.length) {
      grow(bin);
    }
    values[bin] += more;
  }

  void add(Bins other) {
    if (other.values.length > values.length) {
      grow(other.values.length - 1);
    }
    for (int i = 0; i < other.values.length; i++) {
      values[i] += other.values[i];
    }
  }

  private void grow(int bin) {
    values = Arrays.copyOf(values, Math.max(bin + 1, 2 * values.length));
  }

  long get(int bin) {
    return bin < values.length ? values[bin] : 0;
  }

  /** The sum from one bin up to, but not with, another. */
  long sum(int from, int to) {
    long sum = 0;
    for (int i = from; i < Math.min(to, values.length); i++) {
      sum += values[i];
    }
    return sum;
  }

  /** A copy from one bin up to, but not with, another. */
  long[] range(int from, int to) {
    return from >= values.length ? new long[to - from] : Arrays.copyOfRange(values, from, to);
  }
}
