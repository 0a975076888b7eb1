package besser.trace.dat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes version 7: sections, and options that say where they are (trace-cmd.dat.v7(5)). */
final class DatWriterV7 {
  private static final int COMPRESSED_FLAG = 1;
  private static final int COPIED_BYTES = 1 << 16;
  private static final int SECTION_HEADER_BYTES = 16;

  private final FileChannel out;
  private final TraceMetadata metadata;
  private final WriteOptions options;
  private final List<BufferPages> buffers;
  private final DatOutput optionList;
  private final DatOutput strings;

  DatWriterV7(
      FileChannel out, TraceMetadata metadata, WriteOptions options, List<BufferPages> buffers) {
    this.out = out;
    this.metadata = metadata;
    this.options = options;
    this.buffers = buffers;
    this.optionList = output();
    this.strings = output();
  }

  void write() throws IOException {
    append(TraceDatWriter.header(metadata, 7, buffers.getFirst().pageBytes()));
    Compression compression = options.compression();
    append(output().string(compression.header()).string(compression.version()).toByteArray());
    long optionsOffsetAt = out.position();
    append(output().int64(0).toByteArray());
    MetadataWriter parts = new MetadataWriter(metadata);
    writeSection(OptionId.HEADER_INFO, "headers", parts.headerInfo());
    writeSection(OptionId.FTRACE_EVENTS, "ftrace events", parts.ftraceFormats());
    writeSection(OptionId.EVENT_FORMATS, "events format", parts.eventFormats());
    writeSection(OptionId.KALLSYMS, "kallsyms", parts.kallsyms());
    writeSection(OptionId.PRINTK, "printk", parts.printkFormats());
    writeSection(OptionId.CMDLINES, "command lines", parts.savedCmdlines());
    addOptions();
    for (BufferPages buffer : buffers) {
      writeBuffer(buffer);
    }
    option(OptionId.DONE, output().int64(0).toByteArray());
    TraceDatWriter.patch(out, metadata, optionsOffsetAt, out.position());
    appendSection(OptionId.DONE, "options", optionList.toByteArray());
    // naming a section adds to the names, so theirs comes before they are taken
    int name = nameOf("strings");
    appendSection(OptionId.STRINGS, name, strings.toByteArray());
  }

  private DatOutput output() {
    return new DatOutput(metadata.order());
  }

  private void append(byte[] bytes) throws IOException {
    TraceDatWriter.append(out, bytes);
  }

  /** Remembers a section's name; returns its place among the names. */
  private int nameOf(String description) {
    int at = strings.size();
    strings.string(description);
    return at;
  }

  private void option(int id, byte[] payload) {
    optionList.uint16(id).uint32(payload.length).bytes(payload);
  }

  private void writeSection(int id, String description, byte[] content) throws IOException {
    option(id, output().int64(out.position()).toByteArray());
    appendSection(id, description, content);
  }

  private void appendSection(int id, String description, byte[] content) throws IOException {
    appendSection(id, nameOf(description), content);
  }

  private void appendSection(int id, int name, byte[] content) throws IOException {
    boolean compressed = options.compression() != Compression.NONE;
    DatOutput body = output();
    if (compressed) {
      byte[] packed = options.compression().compress(content);
      body.uint32(packed.length).uint32(content.length).bytes(packed);
    } else {
      body.bytes(content);
    }
    append(sectionHeader(id, name, compressed, body.size()));
    append(body.toByteArray());
  }

  private byte[] sectionHeader(int id, int name, boolean compressed, long bytes) {
    DatOutput header = output();
    header.uint16(id).uint16(compressed ? COMPRESSED_FLAG : 0).uint32(name).int64(bytes);
    return header.toByteArray();
  }

  private void addOptions() {
    int cpus = buffers.stream().mapToInt(BufferPages::cpuLimit).max().orElse(0);
    option(OptionId.CPUCOUNT, output().uint32(cpus).toByteArray());
    String clock = "[" + metadata.clock() + "]";
    option(OptionId.TRACECLOCK, TraceDatWriter.stringBytes(clock));
    if (!options.uname().isEmpty()) {
      option(OptionId.UNAME, TraceDatWriter.stringBytes(options.uname()));
    }
    if (!options.recorderVersion().isEmpty()) {
      option(OptionId.VERSION, TraceDatWriter.stringBytes(options.recorderVersion()));
    }
    if (options.traceId() != 0) {
      option(OptionId.TRACEID, output().int64(options.traceId()).toByteArray());
    }
    for (BufferPages buffer : buffers) {
      if (!buffer.name().isEmpty() && !buffer.stats().isEmpty()) {
        option(OptionId.CPUSTAT, TraceDatWriter.statsOf(buffer.name()));
      }
      for (BufferPages.StatsText stats : buffer.stats()) {
        option(OptionId.CPUSTAT, TraceDatWriter.stats(stats));
      }
    }
  }

  private void writeBuffer(BufferPages buffer) throws IOException {
    boolean compressed = options.compression() != Compression.NONE;
    long sectionAt = out.position();
    int name = nameOf("buffer flyrecord " + buffer.name());
    append(sectionHeader(OptionId.BUFFER, name, compressed, 0));
    DatOutput description = output();
    description.int64(sectionAt).string(buffer.name()).string(buffer.clock());
    description.uint32(buffer.pageBytes()).uint32(buffer.cpus().size());
    for (BufferPages.CpuFile cpu : buffer.cpus()) {
      TraceDatWriter.align(out, buffer.pageBytes());
      long offset = out.position();
      long bytes =
          compressed && cpu.packed() == Compression.NONE
              ? writeChunks(cpu.pages(), buffer.pageBytes())
              : TraceDatWriter.copy(out, cpu.pages());
      description.uint32(cpu.cpu()).int64(offset).int64(bytes);
    }
    option(OptionId.BUFFER, description.toByteArray());
    long size = out.position() - sectionAt - SECTION_HEADER_BYTES;
    TraceDatWriter.patch(out, metadata, sectionAt + 8, size);
  }

  /** Compresses a file of pages chunk by chunk; returns how many bytes were written. */
  private long writeChunks(Path pages, int pageBytes) throws IOException {
    long start = out.position();
    ByteBuffer some = ByteBuffer.allocate(COPIED_BYTES);
    try (FileChannel in = FileChannel.open(pages, StandardOpenOption.READ);
        ChunkWriter chunks =
            new ChunkWriter(out, options.compression(), metadata.order(), pageBytes)) {
      while (in.read(some.clear()) >= 0) {
        chunks.add(some.flip());
      }
    }
    return out.position() - start;
  }
}
