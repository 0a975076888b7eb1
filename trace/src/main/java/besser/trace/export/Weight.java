package besser.trace.export;

import besser.trace.Sample;

/** What a sample counts for. */
public enum Weight {
  /** Each sample counts one. */
  SAMPLES,
  /** Each sample counts its period: nanoseconds of a clock, or occurrences of an event. */
  PERIOD;

  long of(Sample sample) {
    return switch (this) {
      case SAMPLES -> 1;
      case PERIOD -> sample.period();
    };
  }
}
