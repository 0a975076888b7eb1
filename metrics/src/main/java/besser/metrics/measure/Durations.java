package besser.metrics.measure;

import org.HdrHistogram.Histogram;

/** Durations of a metric: a histogram per window, and sum and number per second for the series. */
final class Durations {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Timeline timeline;
  private final Histogram[] histograms;
  private final Bins sums;
  private final Bins numbers;

  Durations(Timeline timeline) {
    this.timeline = timeline;
    this.histograms = new Histogram[timeline.windows().size()];
    for (int i = 0; i < histograms.length; i++) {
      histograms[i] = new Histogram(SIGNIFICANT_DIGITS);
    }
    this.sums = timeline.bins();
    this.numbers = timeline.bins();
  }

  /** A duration that ended in a bin; clocks of two CPUs may make it negative, which counts as 0. */
  void record(long nanos, int bin) {
    int window = timeline.windowOfBin(bin);
    if (window < 0) {
      return;
    }
    long duration = Math.max(0, nanos);
    histograms[window].recordValue(duration);
    sums.add(bin, duration);
    numbers.increment(bin);
  }

  void add(Durations other) {
    for (int i = 0; i < histograms.length; i++) {
      histograms[i].add(other.histograms[i]);
    }
    sums.add(other.sums);
    numbers.add(other.numbers);
  }

  Histogram histogram(int window) {
    return histograms[window];
  }

  /** Nanoseconds that ended in each bin. */
  Bins sums() {
    return sums;
  }

  /** Durations that ended in each bin. */
  Bins numbers() {
    return numbers;
  }
}
