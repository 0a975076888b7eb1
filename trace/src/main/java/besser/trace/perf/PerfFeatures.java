package besser.trace.perf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What perf wrote about the machine and the recording beside the records. Everything is optional:
 * it depends on perf's version and, in a pipe, on how far the stream was read.
 */
public final class PerfFeatures {
  private final Map<Integer, String> texts = new TreeMap<>();
  private final Map<String, String> buildIds = new TreeMap<>();
  private final Map<Integer, String> pmuNames = new TreeMap<>();
  private List<String> commandLine = List.of();
  private OptionalLong cpusOnline = OptionalLong.empty();
  private OptionalLong totalMemoryKib = OptionalLong.empty();
  private Optional<SampleTimes> sampleTimes = Optional.empty();
  private Optional<ClockReference> clockReference = Optional.empty();
  private OptionalLong compressedRingBytes = OptionalLong.empty();

  /**
   * Times of the first and the last sample.
   *
   * @param firstNanos of the clock of the recording
   * @param lastNanos of the same clock
   */
  public record SampleTimes(long firstNanos, long lastNanos) {}

  /**
   * The same moment on two clocks, from which wall clock times follow.
   *
   * @param clockId the recording's clock, as {@code clock_gettime} numbers it
   * @param wallNanos that moment in nanoseconds since 1970
   * @param clockNanos that moment on the recording's clock
   */
  public record ClockReference(int clockId, long wallNanos, long clockNanos) {}

  PerfFeatures() {}

  /** Name of the machine. */
  public Optional<String> hostname() {
    return text(Feature.HOSTNAME);
  }

  /** Kernel release, as {@code uname -r} prints it. */
  public Optional<String> osRelease() {
    return text(Feature.OSRELEASE);
  }

  /** Version of the perf that recorded. */
  public Optional<String> perfVersion() {
    return text(Feature.VERSION);
  }

  /** Architecture, as {@code uname -m} prints it. */
  public Optional<String> arch() {
    return text(Feature.ARCH);
  }

  /** What the CPU calls itself. */
  public Optional<String> cpuDescription() {
    return text(Feature.CPUDESC);
  }

  /** Build ids in lower-case hexadecimal, by the name of the object they belong to. */
  public Map<String, String> buildIds() {
    return Map.copyOf(buildIds);
  }

  Optional<String> buildId(String object) {
    return Optional.ofNullable(buildIds.get(object));
  }

  /** Names of the machine's counters by the type number in {@link PerfAttr#type}. */
  public Map<Integer, String> pmuNames() {
    return Map.copyOf(pmuNames);
  }

  /** The command line of {@code perf record}. */
  public List<String> commandLine() {
    return commandLine;
  }

  /** CPUs that were online. */
  public OptionalLong cpusOnline() {
    return cpusOnline;
  }

  /** Memory of the machine in KiB. */
  public OptionalLong totalMemoryKib() {
    return totalMemoryKib;
  }

  /** Times of the first and the last sample. */
  public Optional<SampleTimes> sampleTimes() {
    return sampleTimes;
  }

  /** What ties the recording's clock to the wall clock, where {@code perf record -k} was given. */
  public Optional<ClockReference> clockReference() {
    return clockReference;
  }

  /** Most bytes one compressed record can hold once expanded. */
  OptionalLong compressedRingBytes() {
    return compressedRingBytes;
  }

  private Optional<String> text(int feature) {
    return Optional.ofNullable(texts.get(feature));
  }

  void setText(int feature, String text) {
    texts.put(feature, text);
  }

  void addBuildId(String object, String hex) {
    buildIds.put(object, hex);
  }

  void addPmuName(int type, String name) {
    pmuNames.put(type, name);
  }

  void setCommandLine(List<String> arguments) {
    commandLine = List.copyOf(arguments);
  }

  void setCpusOnline(long count) {
    cpusOnline = OptionalLong.of(count);
  }

  void setTotalMemoryKib(long kib) {
    totalMemoryKib = OptionalLong.of(kib);
  }

  void setSampleTimes(SampleTimes times) {
    sampleTimes = Optional.of(times);
  }

  void setClockReference(ClockReference reference) {
    clockReference = Optional.of(reference);
  }

  void setCompressedRingBytes(long bytes) {
    compressedRingBytes = OptionalLong.of(bytes);
  }
}
