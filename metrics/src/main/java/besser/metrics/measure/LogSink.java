package besser.metrics.measure;

/** Takes the lines of the kernel log, in ascending time. */
@FunctionalInterface
public interface LogSink {
  /**
   * One line.
   *
   * @param timeNanos on the clock of the captures
   * @param message without time stamp
   */
  void line(long timeNanos, String message);
}
