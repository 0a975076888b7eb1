package besser.trace.dat;

import besser.trace.EventCatalogue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.TaskNames;
import besser.trace.TraceFormatException;
import besser.trace.format.ReportStyle;
import besser.trace.format.TextContext;
import besser.trace.ring.PageLayout;
import besser.trace.ring.PageStream;
import besser.trace.ring.RingContext;
import besser.trace.ring.RingSource;
import besser.trace.ring.SegmentPages;
import besser.trace.ring.TimeConversion;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of raw ring-buffer pages, laid out as the tracefs it was copied from: {@code
 * events/header_page}, {@code events/GROUP/EVENT/format}, {@code per_cpu/cpuN/trace_pipe_raw}, and
 * as far as present {@code per_cpu/cpuN/stats}, {@code saved_cmdlines}, {@code printk_formats},
 * {@code trace_clock} and {@code kallsyms}. Pages may also be in files {@code cpuN}, {@code
 * cpuN.raw} or {@code NAME.cpuN} of the directory itself.
 */
public final class PageDirectory implements AutoCloseable {
  private static final Pattern PAGE_FILE = Pattern.compile("(?:.*\\.)?cpu(\\d{1,5})(?:\\.raw)?");
  private static final long TEXT_BYTES_LIMIT = 96L << 20;

  private final String name;
  private final Arena arena;
  private final IssueCounts issues = new IssueCounts();
  private final TraceMetadata metadata;
  private final PageLayout layout;
  private final TaskNames taskNames;
  private final Supplier<KernelSymbols> symbols;
  private final RingSource source;
  private final List<CpuStats> stats;

  /**
   * Opens a directory.
   *
   * @throws TraceFormatException when it has no header_page, no pages, or a damaged header_page
   * @throws IOException when it cannot be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the PageDirectory
  public static PageDirectory open(Path directory) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new PageDirectory(directory, arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private PageDirectory(Path directory, Arena arena) throws IOException {
    this.name = directory.toString();
    this.arena = arena;
    SortedMap<Integer, Path> pageFiles = pageFiles(directory);
    if (pageFiles.isEmpty()) {
      throw new TraceFormatException(
          name,
          0,
          "the files of a capture, or of raw pages: per_cpu/cpuN/trace_pipe_raw, cpuN, cpuN.raw,"
              + " NAME.cpuN",
          "none of them");
    }
    Path headerPage = directory.resolve("events/header_page");
    String header = text(headerPage);
    if (header.isEmpty()) {
      throw new TraceFormatException(headerPage.toString(), 0, "the page header's text", "nothing");
    }
    SortedMap<Integer, MemorySegment> mapped = new TreeMap<>();
    for (Map.Entry<Integer, Path> entry : pageFiles.entrySet()) {
      mapped.put(entry.getKey(), map(entry.getValue()));
    }
    this.layout = PageLayout.parse(header, orderOf(mapped.values(), header), 0, name, 0);
    this.metadata = metadata(directory, header);
    EventCatalogue catalogue = metadata.catalogue(layout.commitBytes(), name, issues);
    this.taskNames = metadata.taskNames(name, issues);
    this.symbols = new Once<>(() -> metadata.symbols(name, issues));
    RingContext context =
        new RingContext(name, layout, catalogue, taskNames, TimeConversion.NONE, issues);
    List<RingSource.CpuPages> cpus = new ArrayList<>();
    mapped.forEach((cpu, pages) -> cpus.add(new MappedPages(cpu, pages, layout.pageBytes())));
    this.source = new RingSource(context, symbols, metadata.clock(), cpus, () -> {});
    this.stats = stats(directory, pageFiles.keySet());
  }

  private record MappedPages(int cpu, MemorySegment pages, int pageBytes)
      implements RingSource.CpuPages {
    @Override
    public PageStream open() {
      return new SegmentPages(pages, 0, pageBytes);
    }
  }

  private static SortedMap<Integer, Path> pageFiles(Path directory) throws IOException {
    SortedMap<Integer, Path> found = new TreeMap<>();
    for (Path child : children(directory)) {
      Matcher matcher = PAGE_FILE.matcher(String.valueOf(child.getFileName()));
      if (Files.isRegularFile(child) && matcher.matches()) {
        found.put(Integer.parseInt(matcher.group(1)), child);
      }
    }
    for (Path child : children(directory.resolve("per_cpu"))) {
      Matcher matcher = PAGE_FILE.matcher(String.valueOf(child.getFileName()));
      Path pages = child.resolve("trace_pipe_raw");
      if (matcher.matches() && Files.isRegularFile(pages)) {
        found.put(Integer.parseInt(matcher.group(1)), pages);
      }
    }
    return found;
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  private MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  /** Pages do not say their byte order, but only in the right one is a page's length possible. */
  private ByteOrder orderOf(Iterable<MemorySegment> files, String header) {
    PageLayout little = PageLayout.parse(header, ByteOrder.LITTLE_ENDIAN, 0, name, 0);
    for (MemorySegment pages : files) {
      if (pages.byteSize() >= little.dataOffsetBytes()) {
        boolean asLittle = isPossibleLength(commit(pages, little, ByteOrder.LITTLE_ENDIAN), little);
        boolean asBig = isPossibleLength(commit(pages, little, ByteOrder.BIG_ENDIAN), little);
        if (asLittle != asBig) {
          return asLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        }
      }
    }
    return ByteOrder.LITTLE_ENDIAN;
  }

  private static long commit(MemorySegment pages, PageLayout layout, ByteOrder order) {
    long at = layout.commitOffsetBytes();
    return layout.commitBytes() == 8
        ? pages.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at)
        : pages.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at) & 0xffff_ffffL;
  }

  private static boolean isPossibleLength(long commit, PageLayout layout) {
    long length = commit & ~(3L << 30);
    return length > 0 && length <= layout.dataBytes();
  }

  private TraceMetadata metadata(Path directory, String header) throws IOException {
    List<String> ftrace = new ArrayList<>();
    List<TraceMetadata.EventSystem> systems = new ArrayList<>();
    for (Path system : children(directory.resolve("events"))) {
      List<String> formats = new ArrayList<>();
      for (Path event : children(system)) {
        if (Files.isRegularFile(event.resolve("format"))) {
          formats.add(text(event.resolve("format")));
        }
      }
      String group = String.valueOf(system.getFileName());
      if (group.equals(TraceMetadata.FTRACE)) {
        ftrace.addAll(formats);
      } else if (!formats.isEmpty()) {
        systems.add(new TraceMetadata.EventSystem(group, formats));
      }
    }
    Optional<String> clock = DatOptions.selectedClock(text(directory.resolve("trace_clock")));
    return new TraceMetadata(
        layout.order(),
        layout.commitBytes(),
        header,
        text(directory.resolve("events/header_event")),
        ftrace,
        systems,
        text(directory.resolve("kallsyms")),
        text(directory.resolve("printk_formats")),
        text(directory.resolve("saved_cmdlines")),
        clock.orElse("local"));
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    long bytes = Files.size(file);
    if (bytes > TEXT_BYTES_LIMIT) {
      throw new TraceFormatException(
          file.toString(), 0, "a text of at most " + TEXT_BYTES_LIMIT + " bytes", bytes + "");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private List<CpuStats> stats(Path directory, Iterable<Integer> cpus) throws IOException {
    List<CpuStats> parsed = new ArrayList<>();
    for (int cpu : cpus) {
      Path file = directory.resolve("per_cpu").resolve("cpu" + cpu).resolve("stats");
      String text = text(file);
      if (!text.isEmpty()) {
        parsed.add(CpuStats.parse(cpu, text, file.toString(), issues));
      }
    }
    return List.copyOf(parsed);
  }

  /** Its events. */
  public RingSource source() {
    return source;
  }

  /** What the directory says about the traced machine. */
  public TraceMetadata metadata() {
    return metadata;
  }

  /** What the kernel said of each CPU's buffer; empty when not copied. */
  public List<CpuStats> stats() {
    return stats;
  }

  /** What was found wrong so far. */
  public IssueCounts issues() {
    return issues;
  }

  /** What rendering the events as text needs. */
  public TextContext textContext(ReportStyle style) {
    return new TextContext(
        layout.order(),
        layout.commitBytes(),
        symbols.get(),
        metadata.printkTexts(name, issues),
        taskNames,
        style,
        issues);
  }

  @Override
  public void close() {
    arena.close();
  }
}
