package besser.trace.dat;

import besser.trace.Event;
import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.TaskNames;
import besser.trace.ring.EventEncoder;
import besser.trace.ring.PageBuilder;
import besser.trace.ring.PageLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes events of any source, such as a simulated device, into a trace.dat. Pages are laid out as
 * they fill and kept in one file per CPU beside the target until {@link #close} puts all together.
 * Used by one thread. Events of one CPU are to come in the order of their time.
 */
public final class TraceDatSink implements EventSink, AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final Path file;
  private TraceMetadata metadata;
  private final WriteOptions options;
  private final PageLayout layout;
  private final EventCatalogue catalogue;
  private final EventEncoder encoder;
  private final Map<EventFormat, EventFormat> targets = new HashMap<>();
  private final Map<Integer, Cpu> cpus = new TreeMap<>();
  private final Map<Integer, String> taskNames = new TreeMap<>();
  private boolean closed;

  /** One CPU's pages on their way to disk. */
  private static final class Cpu {
    private final Path path;
    private final FileChannel channel;
    private final PageBuilder builder;

    Cpu(Path path, PageLayout layout) throws IOException {
      this.path = path;
      this.channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      this.builder = new PageBuilder(layout, this::append);
    }

    private void append(ByteBuffer page) throws IOException {
      while (page.hasRemaining()) {
        channel.write(page);
      }
    }
  }

  /**
   * Starts a file.
   *
   * @param metadata must declare every event that will come, by group and name; its saved command
   *     lines are completed with the task names of the events
   */
  public TraceDatSink(Path file, TraceMetadata metadata, WriteOptions options) {
    this.file = file;
    this.metadata = metadata;
    this.options = options;
    this.layout = metadata.layout(PAGE_BYTES, file.toString());
    IssueCounts issues = new IssueCounts();
    this.catalogue = metadata.catalogue(layout.commitBytes(), file.toString(), issues);
    if (!issues.isEmpty()) {
      throw new IllegalArgumentException("formats cannot be written: " + issues);
    }
    this.encoder = new EventEncoder(layout.order(), layout.dataBytes() - 24);
  }

  /** Sets the symbols, for machines that know them only at the end. */
  public void setKallsyms(String kallsyms) {
    metadata = metadata.withKallsyms(kallsyms);
  }

  @Override
  public void event(Event event) {
    EventFormat target = targets.computeIfAbsent(event.format(), this::target);
    ByteBuffer payload = encoder.encode(event, target);
    try {
      cpu(event.cpu()).builder.event(event.timeNanos(), payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    learn(event);
  }

  private EventFormat target(EventFormat format) {
    return catalogue
        .find(format.qualifiedName())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "event %s is not declared in the metadata of %s"
                        .formatted(format.qualifiedName(), file)));
  }

  private void learn(Event event) {
    int pid = event.pid();
    if (pid != 0 && !taskNames.containsKey(pid)) {
      String name = event.comm();
      if (!name.equals(TaskNames.UNKNOWN)) {
        taskNames.put(pid, name);
      }
    }
  }

  @Override
  public void lost(LostEvents lost) {
    try {
      cpu(lost.cpu()).builder.lost(lost.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cpu cpu(int number) throws IOException {
    Cpu cpu = cpus.get(number);
    if (cpu == null) {
      cpu = new Cpu(file.resolveSibling(file.getFileName() + ".cpu" + number), layout);
      cpus.put(number, cpu);
    }
    return cpu;
  }

  /** Puts the file together and removes the files of the CPUs. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      List<BufferPages.CpuFile> pages = new ArrayList<>();
      for (Map.Entry<Integer, Cpu> entry : cpus.entrySet()) {
        Cpu cpu = entry.getValue();
        cpu.builder.finish();
        cpu.channel.close();
        pages.add(new BufferPages.CpuFile(entry.getKey(), cpu.path));
      }
      BufferPages buffer =
          new BufferPages("", metadata.clock(), layout.pageBytes(), pages, List.of());
      TraceDatWriter.write(file, withTaskNames(), options, List.of(buffer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      removeCpuFiles();
    }
  }

  private void removeCpuFiles() {
    for (Cpu cpu : cpus.values()) {
      try {
        cpu.channel.close();
        Files.deleteIfExists(cpu.path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TraceMetadata withTaskNames() {
    StringBuilder cmdlines = new StringBuilder(metadata.savedCmdlines());
    taskNames.forEach((pid, name) -> cmdlines.append(pid).append(' ').append(name).append('\n'));
    return new TraceMetadata(
        metadata.order(),
        metadata.userLongBytes(),
        metadata.headerPage(),
        metadata.headerEvent(),
        metadata.ftraceFormats(),
        metadata.systems(),
        metadata.kallsyms(),
        metadata.printkFormats(),
        cmdlines.toString(),
        metadata.clock());
  }
}
