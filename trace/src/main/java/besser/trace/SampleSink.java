package besser.trace;

/** Receives samples in the order of the source. Called by one thread at a time. */
public interface SampleSink {
  /** One sample; {@code sample} is valid during this call only. */
  void sample(Sample sample);

  /** Whether samples of idle CPUs make a difference to it; else a source may spare itself them. */
  default boolean wantsIdle() {
    return true;
  }

  /** A gap: the kernel discarded samples. */
  void lost(LostEvents lost);

  /** The kernel paused sampling on a CPU because it took too long. */
  void throttled(int cpu, long timeNanos);
}
