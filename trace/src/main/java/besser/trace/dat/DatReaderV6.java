package besser.trace.dat;

import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import besser.trace.dat.BufferRegion.CpuRegion;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the head of a trace.dat of version 6: one part behind the other (trace-cmd.dat.v6(5)). */
final class DatReaderV6 {
  private static final int CPU_LIMIT = 1 << 16;

  private final DatHeader header;
  private final DatBytes in;
  private final String file;
  private final DatOptions options;
  private final MetadataReader metadata = new MetadataReader();

  DatReaderV6(MemorySegment segment, String file, DatHeader header, IssueCounts issues) {
    this.header = header;
    this.file = file;
    this.in = new DatBytes(segment, file, 0, header.order());
    this.options = new DatOptions(file, issues);
  }

  DatContents read() {
    in.seek(header.endBytes(), "header_page");
    metadata.readHeaderInfo(in);
    metadata.readFtraceFormats(in);
    metadata.readEventFormats(in);
    metadata.readKallsyms(in);
    metadata.readPrintkFormats(in);
    metadata.readSavedCmdlines(in);
    int cpus = checkedCpus(in.uint32("number of CPUs"));
    List<BufferRegion> buffers = new ArrayList<>();
    String kind = in.text(10, "data type");
    if (kind.startsWith("options")) {
      readOptions();
      kind = in.text(10, "data type");
    }
    buffers.add(readTable("", kind, options.cpuCount().map(this::checkedCpus).orElse(cpus)));
    Optional<String> clock = options.clock();
    if (options.isClockBehindTable()) {
      skipEmptyEntry(cpus);
      clock = readClock().or(() -> options.clock());
    }
    for (DatOptions.BufferOption buffer : options.buffers()) {
      in.seek(buffer.offset(), "buffer " + buffer.name());
      String found = in.text(10, "data type of buffer " + buffer.name());
      int bufferCpus = options.cpuCount().map(this::checkedCpus).orElse(cpus);
      buffers.add(readTable(buffer.name(), found, bufferCpus));
    }
    TraceMetadata texts =
        metadata.metadata(header.order(), header.userLongBytes(), clock.orElse("local"));
    return new DatContents(6, header.pageBytes(), Compression.NONE, texts, options, buffers);
  }

  private int checkedCpus(long count) {
    if (count > CPU_LIMIT) {
      throw in.damage("at most " + CPU_LIMIT + " CPUs", Long.toString(count));
    }
    return (int) count;
  }

  private void readOptions() {
    while (true) {
      int id = in.uint16("option");
      if (id == OptionId.DONE) {
        return;
      }
      long size = in.uint32("size of option " + id);
      long at = in.position();
      options.add(id, in.slice(size, "option " + id), at);
    }
  }

  private BufferRegion readTable(String name, String kind, int cpus) {
    if (kind.startsWith("latency")) {
      throw new TraceFormatException(
          file, in.position() - 10, "ring-buffer pages ('flyrecord')", "text ('latency')");
    }
    if (!kind.startsWith("flyrecord")) {
      throw new TraceFormatException(
          file, in.position() - 10, "'options', 'latency' or 'flyrecord'", "something else");
    }
    List<CpuRegion> regions = new ArrayList<>();
    for (int cpu = 0; cpu < cpus; cpu++) {
      long offset = in.int64("offset of CPU " + cpu);
      regions.add(new CpuRegion(cpu, offset, in.int64("size of CPU " + cpu)));
    }
    return new BufferRegion(name, "", 0, false, regions);
  }

  /** An option that raised the number of CPUs leaves one empty entry for older readers. */
  private void skipEmptyEntry(int cpus) {
    if (options.cpuCount().isPresent() && cpus < options.cpuCount().get()) {
      in.int64("empty offset");
      in.int64("empty size");
    }
  }

  private Optional<String> readClock() {
    if (in.remaining() < 8) {
      return Optional.empty();
    }
    long size = in.int64("size of the clock's name");
    // early versions of trace-cmd wrote nothing here; then these are other bytes
    if (size <= 0 || size > Math.min(4096, in.remaining())) {
      return Optional.empty();
    }
    return DatOptions.selectedClock(in.text(size, "trace_clock"));
  }
}
