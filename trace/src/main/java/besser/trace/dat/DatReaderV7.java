package besser.trace.dat;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import besser.trace.dat.BufferRegion.CpuRegion;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the head of a trace.dat of version 7: sections found by options (trace-cmd.dat.v7(5)). */
final class DatReaderV7 {
  /** An expanded section may not be larger; kallsyms, the largest, has some 20 MB. */
  private static final long SECTION_BYTES_LIMIT = 96L << 20;

  private static final int COMPRESSED_FLAG = 1;
  private static final int CPU_LIMIT = 1 << 16;

  private final MemorySegment segment;
  private final DatHeader header;
  private final String file;
  private final IssueCounts issues;
  private final DatBytes in;
  private final DatOptions options;
  private final MetadataReader metadata = new MetadataReader();
  private Compression compression = Compression.NONE;

  /** A section's header: where it is and how it is stored. */
  private record Section(int id, boolean compressed, long sizeBytes) {}

  DatReaderV7(MemorySegment segment, String file, DatHeader header, IssueCounts issues) {
    this.segment = segment;
    this.header = header;
    this.file = file;
    this.issues = issues;
    this.in = new DatBytes(segment, file, 0, header.order());
    this.options = new DatOptions(file, issues);
  }

  DatContents read() {
    in.seek(header.endBytes(), "compression");
    String name = in.string("name of the compression");
    String version = in.string("version of the compression");
    compression =
        Compression.ofHeader(name)
            .orElseThrow(
                () ->
                    in.damage("compression none, zlib or zstd", "'" + name + " " + version + "'"));
    readOptionLists(in.int64("offset of the first options"));
    section(OptionId.HEADER_INFO, metadata::readHeaderInfo, true);
    section(OptionId.FTRACE_EVENTS, metadata::readFtraceFormats, false);
    section(OptionId.EVENT_FORMATS, metadata::readEventFormats, false);
    section(OptionId.KALLSYMS, metadata::readKallsyms, false);
    section(OptionId.PRINTK, metadata::readPrintkFormats, false);
    section(OptionId.CMDLINES, metadata::readSavedCmdlines, false);
    List<BufferRegion> buffers = readBuffers();
    String clock =
        options
            .clock()
            .or(() -> buffers.stream().findFirst().map(BufferRegion::clock))
            .orElse("local");
    TraceMetadata texts = metadata.metadata(header.order(), header.userLongBytes(), clock);
    return new DatContents(7, header.pageBytes(), compression, texts, options, buffers);
  }

  private void readOptionLists(long first) {
    Set<Long> seen = new HashSet<>();
    long next = first;
    while (next != 0) {
      if (!seen.add(next)) {
        throw new TraceFormatException(file, next, "options not read before", "a loop");
      }
      in.seek(next, "options");
      long at = in.position();
      Section section = readSectionHeader();
      if (section.id() != OptionId.DONE) {
        throw new TraceFormatException(
            file, at, "a section of options (id 0)", "section " + section.id());
      }
      next = readOptions(content(section, at, "options"), at);
    }
  }

  /** Reads one list; returns where the next is, 0 for nowhere. */
  private long readOptions(DatBytes list, long sectionAt) {
    while (list.remaining() >= 6) {
      int id = list.uint16("option");
      long size = list.uint32("size of option " + id);
      DatBytes payload = list.slice(size, "option " + id);
      if (id == OptionId.DONE) {
        return payload.remaining() >= 8 ? payload.int64("offset of the next options") : 0;
      }
      options.add(id, payload, sectionAt);
    }
    issues.add(Issue.DAMAGED_SECTION, file + ": options without an end", sectionAt);
    return 0;
  }

  private Section readSectionHeader() {
    int id = in.uint16("section");
    int flags = in.uint16("section flags");
    in.uint32("section description");
    return new Section(id, (flags & COMPRESSED_FLAG) != 0, in.int64("section size"));
  }

  private void section(int id, Consumer<DatBytes> reader, boolean needed) {
    Optional<Long> offset = options.section(id);
    if (offset.isEmpty()) {
      if (needed) {
        throw in.damage("an option that names section " + id, "none");
      }
      return;
    }
    in.seek(offset.get(), "section " + id);
    long at = in.position();
    Section section = readSectionHeader();
    if (section.id() != id) {
      throw new TraceFormatException(file, at, "section " + id, "section " + section.id());
    }
    reader.accept(content(section, at, "section " + id));
  }

  /** A section's content behind its header, expanded if need be. */
  private DatBytes content(Section section, long at, String what) {
    if (!section.compressed()) {
      // the size of uncompressed options is that of the file up to them in some files: do not trust
      long size =
          section.sizeBytes() >= 0 ? Math.min(section.sizeBytes(), in.remaining()) : in.remaining();
      return in.slice(size, what);
    }
    if (compression == Compression.NONE) {
      throw new TraceFormatException(file, at, "a compression in the header", "none");
    }
    long compressedBytes = in.uint32("compressed size of " + what);
    long expandedBytes = in.uint32("expanded size of " + what);
    if (expandedBytes > SECTION_BYTES_LIMIT) {
      throw new TraceFormatException(
          file, at, what + " of at most " + SECTION_BYTES_LIMIT + " bytes", expandedBytes + "");
    }
    MemorySegment from = in.segment(compressedBytes, "compressed " + what);
    ByteBuffer into = ByteBuffer.allocateDirect((int) expandedBytes);
    int written = compression.expand(from, into);
    if (written < 0) {
      throw new TraceFormatException(
          file, at, what + " that " + compression.header() + " expands", "damaged bytes");
    }
    MemorySegment expanded = MemorySegment.ofBuffer(into.clear()).asSlice(0, written);
    return new DatBytes(expanded, file, at, header.order());
  }

  private List<BufferRegion> readBuffers() {
    // of several options for the top buffer the last counts, as in trace-cmd
    Map<String, BufferRegion> byName = new LinkedHashMap<>();
    for (DatOptions.BufferOption option : options.buffers()) {
      BufferRegion region = readBuffer(option);
      byName.put(option.name(), region);
    }
    List<BufferRegion> buffers = new ArrayList<>();
    Optional.ofNullable(byName.remove("")).ifPresent(buffers::add);
    buffers.addAll(byName.values());
    return buffers;
  }

  private BufferRegion readBuffer(DatOptions.BufferOption option) {
    DatBytes payload = option.payload();
    String clock = payload.string("clock of buffer " + option.name());
    long pageBytes = payload.uint32("page size of buffer " + option.name());
    if (pageBytes > 1 << 24) {
      throw payload.damage("a page size of at most 16 MiB", Long.toString(pageBytes));
    }
    int cpus = payload.count(20, "CPUs");
    List<CpuRegion> regions = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < cpus; i++) {
      long cpu = payload.uint32("CPU");
      if (cpu >= CPU_LIMIT || !seen.add((int) cpu)) {
        throw payload.damage("a CPU below " + CPU_LIMIT + " not seen before", Long.toString(cpu));
      }
      long offset = payload.int64("offset of CPU " + cpu);
      regions.add(new CpuRegion((int) cpu, offset, payload.int64("size of CPU " + cpu)));
    }
    regions.sort(java.util.Comparator.comparingInt(CpuRegion::cpu));
    boolean compressed = false;
    if (option.offset() >= 0 && option.offset() <= segment.byteSize() - 16) {
      in.seek(option.offset(), "buffer");
      compressed = readSectionHeader().compressed();
    } else {
      issues.add(Issue.TRUNCATED_DATA, file, option.offset());
    }
    return new BufferRegion(option.name(), clock, (int) pageBytes, compressed, regions);
  }
}
