package besser.trace.dat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a trace.dat from its metadata and files of raw pages. */
public final class TraceDatWriter {
  private TraceDatWriter() {}

  /**
   * Writes the file, replacing one that is there. Until it is whole it lies beside its place.
   *
   * @param buffers the top buffer first; one without a name is expected by trace-cmd
   * @throws IOException when a file cannot be read or written
   */
  public static void write(
      Path file, TraceMetadata metadata, WriteOptions options, List<BufferPages> buffers)
      throws IOException {
    if (buffers.isEmpty()) {
      throw new IllegalArgumentException("a trace.dat must have at least one buffer, got none");
    }
    for (BufferPages buffer : buffers) {
      buffer.cpus().forEach(cpu -> requireFits(cpu, options));
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      writeWhole(part, metadata, options, buffers);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void requireFits(BufferPages.CpuFile cpu, WriteOptions options) {
    if (cpu.packed() != Compression.NONE && cpu.packed() != options.compression()) {
      throw new IllegalArgumentException(
          "pages of cpu %d must be raw or %s, got %s"
              .formatted(cpu.cpu(), options.compression().header(), cpu.packed().header()));
    }
  }

  private static void writeWhole(
      Path file, TraceMetadata metadata, WriteOptions options, List<BufferPages> buffers)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ)) {
      if (options.version() == 6) {
        new DatWriterV6(out, metadata, options, buffers).write();
      } else {
        new DatWriterV7(out, metadata, options, buffers).write();
      }
    }
  }

  /** The bytes both versions begin with. */
  static byte[] header(TraceMetadata metadata, int version, int pageBytes) {
    DatOutput out = new DatOutput(metadata.order());
    out.bytes(DatHeader.MAGIC).string(Integer.toString(version));
    out.uint8(metadata.order() == java.nio.ByteOrder.BIG_ENDIAN ? 1 : 0);
    out.uint8(metadata.userLongBytes());
    out.uint32(pageBytes);
    return out.toByteArray();
  }

  static void append(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  /** Overwrites a 64-bit number. */
  static void patch(FileChannel out, TraceMetadata metadata, long at, long value)
      throws IOException {
    byte[] bytes = new DatOutput(metadata.order()).int64(value).toByteArray();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer, at + buffer.position());
    }
  }

  /** Goes to the next multiple of the page size, filling with zeros. */
  static void align(FileChannel out, int pageBytes) throws IOException {
    int over = (int) (out.position() % pageBytes);
    if (over != 0) {
      append(out, new byte[pageBytes - over]);
    }
  }

  /** Appends a file; returns how many bytes that were. */
  static long copy(FileChannel out, Path from) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
      long size = in.size();
      long done = 0;
      while (done < size) {
        long moved = in.transferTo(done, size - done, out);
        if (moved <= 0) {
          throw new IOException(
              "%s ended at %d of %d bytes while copied".formatted(from, done, size));
        }
        done += moved;
      }
      return size;
    }
  }

  /** An option's payload that is one text. */
  static byte[] stringBytes(String text) {
    return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An option's payload that says what buffer the statistics behind it are of. */
  static byte[] statsOf(String buffer) {
    return stringBytes("\nBuffer: " + buffer + "\n\n");
  }

  /** An option's payload with one CPU's statistics. */
  static byte[] stats(BufferPages.StatsText stats) {
    return stringBytes("CPU: " + stats.cpu() + "\n" + stats.text());
  }
}
