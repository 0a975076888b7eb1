package besser.metrics.table;

import java.util.List;

/**
 * What the work queues ran.
 *
 * @param rows by time run, the greatest first
 */
public record WorkTable(List<Row> rows) {

  /**
   * One work function.
   *
   * @param function its name, or its address where it has none
   * @param executions how often it was started
   * @param ranNanos time from start to end, added up; time it slept or was preempted included
   * @param medianRunNanos of one execution
   * @param p99RunNanos of one execution
   * @param medianDelayNanos from queueing to start; 0 when no queueing was seen
   * @param p99DelayNanos likewise
   */
  public record Row(
      String function,
      long executions,
      long ranNanos,
      long medianRunNanos,
      long p99RunNanos,
      long medianDelayNanos,
      long p99DelayNanos) {}

  public WorkTable {
    rows = List.copyOf(rows);
  }
}
