package besser.metrics.measure;

/** What one window keeps of one series of the environment. */
final class SeriesMeter {
  private long count;
  private double sum;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private double grown;
  private double last;
  private long firstNanos;
  private long lastNanos;

  void value(long timeNanos, double value) {
    if (count == 0) {
      firstNanos = timeNanos;
    } else {
      // a counter that fell started again from zero, as when a module is loaded anew
      grown += value >= last ? value - last : value;
    }
    count++;
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    last = value;
    lastNanos = timeNanos;
  }

  long count() {
    return count;
  }

  double mean() {
    return sum / count;
  }

  double minimum() {
    return minimum;
  }

  double maximum() {
    return maximum;
  }

  /** Seconds between the first and the last value. */
  double seconds() {
    return (lastNanos - firstNanos) / 1e9;
  }

  /** Growth of a counter per second; NaN of less than two instants. */
  double rate() {
    return seconds() > 0 ? grown / seconds() : Double.NaN;
  }
}
