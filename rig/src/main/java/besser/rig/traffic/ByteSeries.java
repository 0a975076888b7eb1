package besser.rig.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes in intervals of equal length that follow one another.
 *
 * @param intervalSeconds length of one, greater than 0
 * @param bytes in each
 */
public record ByteSeries(double intervalSeconds, List<Long> bytes) {
  public ByteSeries {
    bytes = List.copyOf(bytes);
    if (!(intervalSeconds > 0)) {
      throw new IllegalArgumentException("interval must be > 0 s, got " + intervalSeconds);
    }
  }

  /** All of it. */
  public long totalBytes() {
    return bytes.stream().mapToLong(Long::longValue).sum();
  }

  /** The first {@code seconds}; intervals that were not reached count as empty. */
  public ByteSeries first(double seconds) {
    int wanted = (int) Math.round(seconds / intervalSeconds);
    List<Long> kept = new ArrayList<>(bytes.subList(0, Math.min(wanted, bytes.size())));
    while (kept.size() < wanted) kept.add(0L);
    return new ByteSeries(intervalSeconds, kept);
  }

  /** The same in intervals {@code factor} times as long; a last, shorter one is kept. */
  public ByteSeries coarser(int factor) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i += factor) {
      List<Long> part = bytes.subList(i, Math.min(i + factor, bytes.size()));
      sums.add(part.stream().mapToLong(Long::longValue).sum());
    }
    return new ByteSeries(intervalSeconds * factor, sums);
  }

  /** In bytes a second, one value an interval. */
  public List<Double> bytesPerSecond() {
    return bytes.stream().map(b -> b / intervalSeconds).toList();
  }

  /**
   * Standard deviation over mean, as a fraction: how bursty it is at this interval. NaN with fewer
   * than two intervals or without a byte.
   */
  public double coefficientOfVariation() {
    double mean = totalBytes() / (double) bytes.size();
    double squares = bytes.stream().mapToDouble(b -> (b - mean) * (b - mean)).sum();
    return Math.sqrt(squares / (bytes.size() - 1)) / mean;
  }
}
