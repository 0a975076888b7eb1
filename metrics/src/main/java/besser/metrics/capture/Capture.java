package besser.metrics.capture;

import besser.metrics.CaptureKind;
import besser.metrics.Window;
import besser.metrics.measure.Measurement;
import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import besser.trace.TraceFormatException;
import besser.trace.perf.SymbolSources;
import besser.trace.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one run left, opened for reading: a recording of any form, or a directory as {@link
 * CaptureFiles} names its files. All times are on one clock.
 */
public final class Capture implements AutoCloseable {
  private final Path path;
  private final List<Recording> recordings;
  private final List<Window> windows;

  private Capture(Path path, List<Recording> recordings, List<Window> windows) {
    this.path = path;
    this.recordings = List.copyOf(recordings);
    this.windows = List.copyOf(windows);
  }

  /**
   * Opens a capture.
   *
   * @param symbols where addresses of a perf.data are looked up; kallsyms in the capture come first
   * @throws TraceFormatException when it is nothing that can be read, or damaged
   * @throws IOException when it cannot be read
   */
  public static Capture open(Path path, SymbolSources symbols) throws IOException {
    return open(path, symbols, Optional.empty());
  }

  /**
   * Opens a capture and reads one ring buffer of its trace.dat.
   *
   * @param buffer a buffer's name; see {@link Recording#open(Path, SymbolSources, Optional)}
   * @throws IllegalArgumentException when there is no such buffer
   */
  public static Capture open(Path path, SymbolSources symbols, Optional<String> buffer)
      throws IOException {
    if (!Files.isDirectory(path) || !isCaptureDirectory(path)) {
      return new Capture(path, List.of(Recording.open(path, symbols, buffer)), List.of());
    }
    if (buffer.isPresent() && !Files.exists(path.resolve(CaptureFiles.TRACE))) {
      throw new IllegalArgumentException(
          "%s holds no trace.dat and no buffer %s".formatted(path, buffer.get()));
    }
    Path kallsyms = path.resolve(CaptureFiles.KALLSYMS);
    SymbolSources naming = Files.exists(kallsyms) ? symbols.withKallsyms(kallsyms) : symbols;
    List<Recording> recordings = new ArrayList<>();
    try {
      for (String name : List.of(CaptureFiles.TRACE, CaptureFiles.PERF, CaptureFiles.PERF_SCRIPT)) {
        if (Files.exists(path.resolve(name))) {
          Optional<String> ofFile = name.equals(CaptureFiles.TRACE) ? buffer : Optional.empty();
          recordings.add(Recording.open(path.resolve(name), naming, ofFile));
        }
      }
      Path windows = path.resolve(CaptureFiles.WINDOWS);
      return new Capture(
          path, recordings, Files.exists(windows) ? CaptureTables.windows(windows) : List.of());
    } catch (IOException | RuntimeException e) {
      recordings.forEach(Recording::close);
      throw e;
    }
  }

  private static boolean isCaptureDirectory(Path directory) {
    return List.of(
            CaptureFiles.TRACE, CaptureFiles.PERF, CaptureFiles.PERF_SCRIPT, CaptureFiles.WINDOWS)
        .stream()
        .anyMatch(name -> Files.exists(directory.resolve(name)));
  }

  /** Its path, for messages. */
  public String name() {
    return path.toString();
  }

  /** The recordings in it: the trace first. */
  public List<Recording> recordings() {
    return recordings;
  }

  /** The stretches of time it says figures are for; none when it does not say. */
  public List<Window> windows() {
    return windows;
  }

  /** The first source of events in it. */
  public Optional<EventSource> events() {
    return recordings.stream().flatMap(recording -> recording.events().stream()).findFirst();
  }

  /** The first source of samples in it. */
  public Optional<SampleSource> samples() {
    return recordings.stream().flatMap(recording -> recording.samples().stream()).findFirst();
  }

  /** What it can give figures of. */
  public Set<CaptureKind> kinds() {
    Set<CaptureKind> kinds = EnumSet.noneOf(CaptureKind.class);
    events().ifPresent(source -> kinds.add(CaptureKind.TRACE));
    samples().ifPresent(source -> kinds.add(CaptureKind.PROFILE));
    table(CaptureFiles.BYTES).ifPresent(file -> kinds.add(CaptureKind.GOODPUT));
    table(CaptureFiles.ENVIRONMENT).ifPresent(file -> kinds.add(CaptureKind.ENVIRONMENT));
    table(CaptureFiles.KERNEL_LOG).ifPresent(file -> kinds.add(CaptureKind.KERNEL_LOG));
    return kinds;
  }

  private Optional<Path> table(String name) {
    return Optional.of(path.resolve(name))
        .filter(file -> Files.isDirectory(path))
        .filter(Files::exists);
  }

  /** Reads the bytes, the environment and the kernel log, as far as they are there. */
  void readTables(Measurement into) throws IOException {
    Optional<Path> bytes = table(CaptureFiles.BYTES);
    if (bytes.isPresent()) {
      CaptureTables.bytes(bytes.get(), into::bytes);
    }
    Optional<Path> environment = table(CaptureFiles.ENVIRONMENT);
    if (environment.isPresent()) {
      CaptureTables.environment(environment.get(), into.environment());
    }
    Optional<Path> log = table(CaptureFiles.KERNEL_LOG);
    if (log.isPresent()) {
      CaptureTables.kernelLog(log.get(), into.kernelLog());
    }
  }

  /** When its first event or sample was; empty when there is none. Reads no further than that. */
  public OptionalLong startNanos() {
    OptionalLong event = events().map(Capture::firstEvent).orElse(OptionalLong.empty());
    OptionalLong sample = samples().map(Capture::firstSample).orElse(OptionalLong.empty());
    if (event.isPresent() && sample.isPresent()) {
      return OptionalLong.of(Math.min(event.getAsLong(), sample.getAsLong()));
    }
    return event.isPresent() ? event : sample;
  }

  /** Ends a reading once the first time is known. */
  private static final class FirstSeen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long timeNanos;

    FirstSeen(long timeNanos) {
      super("", null, false, false);
      this.timeNanos = timeNanos;
    }
  }

  private static OptionalLong firstEvent(EventSource source) {
    try {
      source.readInTimeOrder(
          new EventSink() {
            @Override
            public void event(Event event) {
              throw new FirstSeen(event.timeNanos());
            }

            @Override
            public void lost(LostEvents lost) {
              // a gap says when it ended, not when it began
            }
          });
      return OptionalLong.empty();
    } catch (FirstSeen seen) {
      return OptionalLong.of(seen.timeNanos);
    }
  }

  private static OptionalLong firstSample(SampleSource source) {
    try {
      source.readSamples(
          new SampleSink() {
            @Override
            public void sample(Sample sample) {
              throw new FirstSeen(sample.timeNanos());
            }

            @Override
            public void lost(LostEvents lost) {
              // likewise
            }

            @Override
            public void throttled(int cpu, long timeNanos) {
              // no sample
            }
          });
      return OptionalLong.empty();
    } catch (FirstSeen seen) {
      return OptionalLong.of(seen.timeNanos);
    }
  }

  @Override
  public void close() {
    recordings.forEach(Recording::close);
  }
}
