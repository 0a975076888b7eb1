package besser.trace.perf;

import besser.trace.EventCatalogue;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import besser.trace.TaskNames;
import besser.trace.TraceFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A perf.data: what {@code perf record} wrote to a file, or to a pipe. Memory does not depend on
 * its length.
 *
 * <p>A file can be read several times, a stream once. Of a recording in pipe form, events and
 * features are known only after the reading.
 *
 * <pre>{@code
 * try (PerfData data = PerfData.open(Path.of("perf.data"), SymbolSources.ofThisMachine())) {
 *   data.readSamples(sink);
 * }
 * }</pre>
 */
public final class PerfData implements SampleSource, EventSource {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int CPUS_LIMIT = 1 << 16;

  private final SymbolSources sources;
  private final IssueCounts issues;
  private final Origin origin;
  private PerfRecording recording;

  /** Where the bytes come from. */
  private sealed interface Origin {
    record File(FileChannel channel) implements Origin {}

    record Stream(InputStream input) implements Origin {}
  }

  private PerfData(Origin origin, PerfRecording recording, SymbolSources sources) {
    this.origin = origin;
    this.recording = recording;
    this.issues = recording.issues();
    this.sources = sources;
  }

  /**
   * Opens a file and reads all but its records.
   *
   * @throws TraceFormatException when it is no perf.data, or its events cannot be read
   * @throws UncheckedIOException when the file cannot be read
   */
  public static PerfData open(Path file, SymbolSources sources) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        ByteBuffer start = ByteBuffer.allocate(PerfFileHeader.FILE_BYTES);
        while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
          // until full or at the end of the file
        }
        PerfFileHeader header =
            PerfFileHeader.read(PerfFileHeader.firstBytes(start.flip()), file.toString());
        PerfRecording recording =
            PerfRecording.begin(file.toString(), header, sources, new IssueCounts());
        if (!header.pipe()) {
          recording.readSections(channel);
        }
        return new PerfData(new Origin.File(channel), recording, sources);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Reads what {@code perf record -o -} writes, while it writes it.
   *
   * @param name what to call the stream in messages
   */
  public static PerfData of(InputStream stream, String name, SymbolSources sources) {
    try {
      byte[] start = stream.readNBytes(PerfFileHeader.PIPE_BYTES);
      PerfFileHeader header = PerfFileHeader.read(start, name);
      if (!header.pipe()) {
        throw new TraceFormatException(
            name, 8, "the 16-byte header of a pipe", "that of a file; open it by its path");
      }
      PerfRecording recording = PerfRecording.begin(name, header, sources, new IssueCounts());
      return new PerfData(new Origin.Stream(stream), recording, sources);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  @Override
  public String name() {
    return recording.file();
  }

  /** The events; of a pipe, those met so far. */
  public List<PerfEvent> events() {
    return recording.events().all();
  }

  /** What perf wrote about the machine and the recording. */
  public PerfFeatures features() {
    return recording.features();
  }

  @Override
  public KernelSymbols symbols() {
    return recording.kallsyms().symbols();
  }

  @Override
  public IssueCounts issues() {
    return issues;
  }

  /** The formats of the recorded tracepoints; of a pipe, those met so far. */
  @Override
  public EventCatalogue catalogue() {
    return recording.events().catalogue();
  }

  /** Only pid 0: events know the names of their tasks themselves. */
  @Override
  public TaskNames taskNames() {
    return TaskNames.empty();
  }

  /** As tracefs names it; {@code perf} when the recording did not ask for another. */
  @Override
  public String clock() {
    for (PerfEvent event : recording.events().all()) {
      if (event.attr().hasClockId()) {
        return PerfClock.name(event.attr().clockId());
      }
    }
    return PerfClock.DEFAULT;
  }

  /** The CPUs that were online; none when the recording does not say. */
  @Override
  public List<Integer> cpus() {
    int count = (int) Math.min(features().cpusOnline().orElse(0), CPUS_LIMIT);
    return IntStream.range(0, count).boxed().toList();
  }

  /** Reads the tracepoints; all CPUs in one thread, in ascending time. */
  @Override
  public void readEachCpu(IntFunction<? extends EventSink> sinkOfCpu) {
    beginPass();
    pass(new TracepointSamples(name(), recording.events(), issues, sinkOfCpu));
  }

  /** Reads the tracepoints. */
  @Override
  public void readInTimeOrder(EventSink sink) {
    readEachCpu(cpu -> sink);
  }

  @Override
  public void readSamples(SampleSink sink) {
    beginPass();
    pass(sink);
  }

  /** Reads samples and tracepoints at once, as a stream must be. */
  public void readBoth(SampleSink samples, EventSink events) {
    beginPass();
    SampleSink tracepoints =
        new TracepointSamples(name(), recording.events(), issues, cpu -> events);
    pass(
        new SampleSink() {
          @Override
          public void sample(Sample sample) {
            samples.sample(sample);
            tracepoints.sample(sample);
          }

          @Override
          public void lost(LostEvents lost) {
            samples.lost(lost);
            tracepoints.lost(lost);
          }

          @Override
          public void throttled(int cpu, long timeNanos) {
            samples.throttled(cpu, timeNanos);
          }
        });
  }

  private void beginPass() {
    if (recording.header().pipe()) {
      recording = PerfRecording.begin(recording.file(), recording.header(), sources, issues);
    }
  }

  private void pass(SampleSink sink) {
    Sites sites = new Sites(sources.withoutCompilerSuffixes());
    PerfPass pass = new PerfPass(recording, sources, sites, sink);
    long start = recording.header().pipe() ? PerfFileHeader.PIPE_BYTES : dataSection().offset();
    try (RecordStream records =
        new RecordStream(
            input(start), start, recording.header().bigEndian(), recording.file(), issues)) {
      pass.run(records);
    }
  }

  private PerfFileHeader.Section dataSection() {
    return recording.header().data();
  }

  private RecordStream.Input input(long start) {
    return switch (origin) {
      case Origin.Stream stream ->
          (into, offset, length) -> stream.input().read(into, offset, length);
      case Origin.File file -> new FileInput(file.channel(), start, end());
    };
  }

  /** A recording that did not end has no data size yet; its records run to the end of the file. */
  private long end() {
    PerfFileHeader.Section data = dataSection();
    boolean open = recording.header().pipe() || data.sizeBytes() <= 0;
    return open ? Long.MAX_VALUE : data.offset() + data.sizeBytes();
  }

  /** A range of a file; does not move the channel, so readings do not disturb one another. */
  private static final class FileInput implements RecordStream.Input {
    private final FileChannel channel;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long position;

    FileInput(FileChannel channel, long start, long end) {
      this.channel = channel;
      this.position = start;
      this.end = end;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int wanted = (int) Math.min(Math.min(length, BUFFER_BYTES), end - position);
      if (wanted <= 0) {
        return -1;
      }
      buffer.clear().limit(wanted);
      int count = channel.read(buffer, position);
      if (count <= 0) {
        return -1;
      }
      buffer.flip().get(into, offset, count);
      position += count;
      return count;
    }
  }

  @Override
  public void close() {
    try {
      switch (origin) {
        case Origin.File file -> file.channel().close();
        case Origin.Stream stream -> stream.input().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + recording.file(), e);
    }
  }
}
