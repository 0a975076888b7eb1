package besser.trace.dat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes version 6: one part behind the other (trace-cmd.dat.v6(5)). */
final class DatWriterV6 {
  private final FileChannel out;
  private final TraceMetadata metadata;
  private final WriteOptions options;
  private final List<BufferPages> buffers;
  private final int cpus;
  private final List<Long> bufferOffsetsAt = new ArrayList<>();

  DatWriterV6(
      FileChannel out, TraceMetadata metadata, WriteOptions options, List<BufferPages> buffers) {
    this.out = out;
    this.metadata = metadata;
    this.options = options;
    this.buffers = buffers;
    this.cpus = buffers.stream().mapToInt(BufferPages::cpuLimit).max().orElse(0);
  }

  void write() throws IOException {
    MetadataWriter parts = new MetadataWriter(metadata);
    append(TraceDatWriter.header(metadata, 6, buffers.getFirst().pageBytes()));
    append(parts.headerInfo());
    append(parts.ftraceFormats());
    append(parts.eventFormats());
    append(parts.kallsyms());
    append(parts.printkFormats());
    append(parts.savedCmdlines());
    append(output().uint32(cpus).string("options  ").toByteArray());
    writeOptions();
    writeBuffer(buffers.getFirst());
    for (int i = 1; i < buffers.size(); i++) {
      TraceDatWriter.patch(out, metadata, bufferOffsetsAt.get(i - 1), out.position());
      writeBuffer(buffers.get(i));
    }
  }

  private DatOutput output() {
    return new DatOutput(metadata.order());
  }

  private void append(byte[] bytes) throws IOException {
    TraceDatWriter.append(out, bytes);
  }

  private void option(int id, byte[] payload) throws IOException {
    append(output().uint16(id).uint32(payload.length).bytes(payload).toByteArray());
  }

  private void writeOptions() throws IOException {
    option(OptionId.TRACECLOCK, new byte[0]);
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
      writeStats(buffer);
    }
    for (int i = 1; i < buffers.size(); i++) {
      bufferOffsetsAt.add(out.position() + 6);
      option(OptionId.BUFFER, output().int64(0).string(buffers.get(i).name()).toByteArray());
    }
    append(output().uint16(OptionId.DONE).toByteArray());
  }

  private void writeStats(BufferPages buffer) throws IOException {
    if (!buffer.name().isEmpty() && !buffer.stats().isEmpty()) {
      option(OptionId.CPUSTAT, TraceDatWriter.statsOf(buffer.name()));
    }
    for (BufferPages.StatsText stats : buffer.stats()) {
      option(OptionId.CPUSTAT, TraceDatWriter.stats(stats));
    }
  }

  private void writeBuffer(BufferPages buffer) throws IOException {
    append(output().string("flyrecord").toByteArray());
    long tableAt = out.position();
    append(new byte[16 * cpus]);
    String clock = "[" + buffer.clock() + "]";
    append(output().int64(clock.length()).text(clock).toByteArray());
    for (int cpu = 0; cpu < cpus; cpu++) {
      TraceDatWriter.align(out, buffer.pageBytes());
      long offset = out.position();
      Optional<Path> pages = pagesOf(buffer, cpu);
      long size = pages.isEmpty() ? 0 : TraceDatWriter.copy(out, pages.get());
      TraceDatWriter.patch(out, metadata, tableAt + 16L * cpu, offset);
      TraceDatWriter.patch(out, metadata, tableAt + 16L * cpu + 8, size);
    }
  }

  private static Optional<Path> pagesOf(BufferPages buffer, int cpu) {
    return buffer.cpus().stream()
        .filter(file -> file.cpu() == cpu)
        .map(BufferPages.CpuFile::pages)
        .findFirst();
  }
}
