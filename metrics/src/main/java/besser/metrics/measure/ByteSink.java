package besser.metrics.measure;

/** Takes the application bytes that one end of the load counts, in ascending time. */
@FunctionalInterface
public interface ByteSink {
  /**
   * Bytes that were counted at an instant.
   *
   * @param timeNanos on the clock of the captures
   * @param byteCount {@code >= 0}
   */
  void bytes(long timeNanos, int byteCount);
}
