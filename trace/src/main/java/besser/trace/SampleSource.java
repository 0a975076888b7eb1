package besser.trace;

/** Where samples come from: a perf.data, a {@code perf script} text, a simulated device. */
public interface SampleSource extends AutoCloseable {
  /** The file or device, for messages. */
  String name();

  /** Kernel symbols by address; empty when the source has none. */
  KernelSymbols symbols();

  /** What was found wrong so far; grows while reading. */
  IssueCounts issues();

  /**
   * Reads all samples in ascending time.
   *
   * @throws TraceFormatException on structural damage
   */
  void readSamples(SampleSink sink);

  @Override
  void close();
}
