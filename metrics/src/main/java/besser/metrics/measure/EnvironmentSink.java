package besser.metrics.measure;

/** Takes values of the environment's series, each series in ascending time. */
@FunctionalInterface
public interface EnvironmentSink {
  /**
   * One value.
   *
   * @param series the series' name, such as {@code cpu.busy}
   * @param timeNanos on the clock of the captures
   * @param value in the base unit of what is measured (a fraction, seconds, bytes, a count)
   */
  void value(String series, long timeNanos, double value);
}
