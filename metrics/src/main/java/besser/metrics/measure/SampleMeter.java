package besser.metrics.measure;

import besser.metrics.Source.Denominator;
import besser.metrics.match.NamePattern;
import besser.trace.Sample;
import java.util.Optional;

/** The weight of the samples a metric means, and of those it is a share of. */
final class SampleMeter {
  private final FrameTest test;
  private final Denominator of;
  private final Optional<NamePattern> thread;
  private final Bins matched;
  private final Bins whole;
  private final Bins wholeCount;

  SampleMeter(FrameTest test, Denominator of, Optional<String> thread, Timeline timeline) {
    this.test = test;
    this.of = of;
    this.thread = thread.map(NamePattern::of);
    this.matched = timeline.bins();
    this.whole = timeline.bins();
    this.wholeCount = timeline.bins();
  }

  boolean countsIdle() {
    return of != Denominator.NON_IDLE;
  }

  void sample(Sample sample, int bin) {
    if ((sample.idle() && !countsIdle())
        || (thread.isPresent() && !thread.get().matches(sample.comm()))) {
      return;
    }
    long weight = Math.max(1, sample.period());
    whole.add(bin, weight);
    wholeCount.increment(bin);
    if (test.test(sample)) {
      matched.add(bin, weight);
    }
  }

  /** Weight of the samples meant, in units of the sampling event. */
  Bins matched() {
    return matched;
  }

  /** Weight of all samples that the share is of. */
  Bins whole() {
    return whole;
  }

  /** Number of all samples that the share is of. */
  Bins wholeCount() {
    return wholeCount;
  }
}
