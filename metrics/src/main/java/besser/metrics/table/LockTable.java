package besser.metrics.table;

import java.util.List;

/**
 * Which locks threads waited for ({@code lock:contention_begin} to {@code lock:contention_end}).
 *
 * @param rows by time waited, the greatest first
 */
public record LockTable(List<Row> rows) {

  /**
   * One lock, or all locks of one class where the kernel names classes.
   *
   * @param lock its name, or its address where it has none
   * @param kind what {@code contention_begin} says of it: spin lock, mutex, and so on
   * @param contentions how often somebody had to wait
   * @param waitedNanos the time waited, over all waiters
   * @param longestNanos the longest wait
   */
  public record Row(
      String lock, String kind, long contentions, long waitedNanos, long longestNanos) {}

  public LockTable {
    rows = List.copyOf(rows);
  }
}
