package besser.trace.dat;

import besser.trace.EventCatalogue;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.TaskNames;
import besser.trace.TraceFormatException;
import besser.trace.dat.BufferRegion.CpuRegion;
import besser.trace.format.ReportStyle;
import besser.trace.format.TextContext;
import besser.trace.ring.PageLayout;
import besser.trace.ring.PageStream;
import besser.trace.ring.RingContext;
import besser.trace.ring.RingSource;
import besser.trace.ring.SegmentPages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A trace.dat, opened for reading. The file is mapped, not loaded; it must not shrink while open.
 * Close it when done; the sources of its buffers end with it.
 */
public final class TraceDat implements AutoCloseable {
  private final String name;
  private final Arena arena;
  private final MemorySegment segment;
  private final DatContents contents;
  private final IssueCounts issues;
  private final PageLayout layout;
  private final EventCatalogue catalogue;
  private final TaskNames taskNames;
  private final Supplier<KernelSymbols> symbols;
  private final List<Buffer> buffers = new ArrayList<>();

  /**
   * One ring buffer of the file.
   *
   * @param name the tracefs instance it was; empty for the top buffer
   * @param source its events
   * @param stats what the kernel said of each CPU's buffer at the end; empty when not recorded
   */
  public record Buffer(String name, RingSource source, List<CpuStats> stats) {
    public Buffer {
      stats = List.copyOf(stats);
    }
  }

  /**
   * Opens a trace.dat of version 6 or 7.
   *
   * @throws TraceFormatException when the file's structure is damaged
   * @throws IOException when it cannot be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the TraceDat
  public static TraceDat open(Path file) throws IOException {
    // the mapping outlives the channel, but not the arena
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new TraceDat(file.toString(), arena, mapped);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private TraceDat(String name, Arena arena, MemorySegment segment) {
    this.name = name;
    this.arena = arena;
    this.segment = segment;
    this.issues = new IssueCounts();
    DatHeader header = DatHeader.read(segment, name);
    this.contents =
        header.version() == 6
            ? new DatReaderV6(segment, name, header, issues).read()
            : new DatReaderV7(segment, name, header, issues).read();
    TraceMetadata metadata = contents.metadata();
    this.layout = metadata.layout(contents.pageBytes(), name);
    this.catalogue = metadata.catalogue(layout.commitBytes(), name, issues);
    this.taskNames = metadata.taskNames(name, issues);
    this.symbols = new Once<>(() -> metadata.symbols(name, issues));
    for (BufferRegion region : contents.buffers()) {
      buffers.add(openBuffer(region));
    }
  }

  private Buffer openBuffer(BufferRegion region) {
    PageLayout pages =
        region.pageBytes() == 0 ? layout : contents.metadata().layout(region.pageBytes(), name);
    String label = region.name().isEmpty() ? name : name + "[" + region.name() + "]";
    RingContext context =
        new RingContext(label, pages, catalogue, taskNames, contents.options().time(), issues);
    List<RingSource.CpuPages> cpus = new ArrayList<>();
    for (CpuRegion cpu : region.cpus()) {
      cpus.add(new RegionPages(cpu, region.compressed(), pages));
    }
    String clock = region.clock().isEmpty() ? contents.metadata().clock() : region.clock();
    RingSource source = new RingSource(context, symbols, clock, cpus, () -> {});
    return new Buffer(region.name(), source, contents.options().statsOf(region.name()));
  }

  /** The pages of one CPU within the file. */
  private final class RegionPages implements RingSource.CpuPages {
    private final CpuRegion region;
    private final boolean compressed;
    private final PageLayout pages;

    RegionPages(CpuRegion region, boolean compressed, PageLayout pages) {
      this.region = region;
      this.compressed = compressed;
      this.pages = pages;
    }

    @Override
    public int cpu() {
      return region.cpu();
    }

    @Override
    public PageStream open() {
      long end = segment.byteSize();
      long offset = region.offset();
      long size = region.sizeBytes();
      if (compressed && size > 0 && size < end - offset) {
        // trace-cmd's tracecmd_compress_copy_from leaves the word out that counts the chunks.
        size += Math.min(Integer.BYTES, end - offset - size);
      }
      if (size != 0 && (offset < 0 || offset > end || size < 0 || size > end - offset)) {
        issues.add(Issue.TRUNCATED_DATA, name, offset);
      }
      long start = Math.clamp(offset, 0, end);
      MemorySegment bytes = segment.asSlice(start, Math.clamp(size, 0, end - start));
      if (!compressed) {
        return new SegmentPages(bytes, start, pages.pageBytes());
      }
      if (contents.compression() == Compression.NONE) {
        throw new TraceFormatException(
            name, start, "a compression for a buffer whose pages are compressed", "none");
      }
      return new ChunkPages(
          bytes, start, contents.compression(), pages.order(), pages.pageBytes(), name, issues);
    }
  }

  /** The file's path, for messages. */
  public String name() {
    return name;
  }

  /** 6 or 7. */
  public int version() {
    return contents.version();
  }

  /** How the file's sections are compressed. */
  public Compression compression() {
    return contents.compression();
  }

  /** What the file says about the traced machine. */
  public TraceMetadata metadata() {
    return contents.metadata();
  }

  /** The top buffer first, then instances in the order of the file. */
  public List<Buffer> buffers() {
    return List.copyOf(buffers);
  }

  /**
   * The buffer that a plain report shows: the top one, or the first when the top has no pages.
   *
   * @throws TraceFormatException when the file has no buffer at all
   */
  public Buffer mainBuffer() {
    return buffers.stream()
        .findFirst()
        .orElseThrow(() -> new TraceFormatException(name, 0, "a ring buffer", "none"));
  }

  /** What the traced machine called itself ({@code uname}), or the empty text. */
  public String uname() {
    return contents.options().uname();
  }

  /** The version of the program that recorded, or the empty text. */
  public String recorderVersion() {
    return contents.options().recorderVersion();
  }

  /** The recording session's number, 0 when there is none. */
  public long traceId() {
    return contents.options().traceId();
  }

  /** What was found wrong so far, in the head and in what was read of the buffers. */
  public IssueCounts issues() {
    return issues;
  }

  /** What rendering this file's events as text needs. */
  public TextContext textContext(ReportStyle style) {
    return new TextContext(
        metadata().order(),
        layout.commitBytes(),
        symbols.get(),
        metadata().printkTexts(name, issues),
        taskNames,
        style,
        issues);
  }

  @Override
  public void close() {
    arena.close();
  }
}
