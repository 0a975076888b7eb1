package besser.trace.dat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** How the sections of a trace.dat of version 7 are compressed. */
public enum Compression {
  NONE("none", ""),
  ZLIB("zlib", "1.2.13"),
  ZSTD("zstd", "1.5.4");

  /** Pages get as small as by the default level 3, in four fifths of the time. */
  private static final int ZSTD_LEVEL = 1;

  private final String header;
  private final String version;

  Compression(String header, String version) {
    this.header = header;
    this.version = version;
  }

  /** The name in the file's header. */
  String header() {
    return header;
  }

  /** The library version written beside it; trace-cmd compares zlib's major version only. */
  String version() {
    return version;
  }

  static Optional<Compression> ofHeader(String name) {
    for (Compression each : values()) {
      if (each.header.equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * Expands {@code from}, native memory of less than 2 GiB, into {@code into}.
   *
   * @return how many bytes were written, or -1 when {@code from} is damaged or does not fit
   */
  int expand(MemorySegment from, ByteBuffer into) {
    return switch (this) {
      case NONE -> throw new IllegalStateException("nothing to expand without compression");
      case ZLIB -> inflate(from.asByteBuffer(), into);
      case ZSTD -> unzstd(from.asByteBuffer(), into);
    };
  }

  private static int inflate(ByteBuffer from, ByteBuffer into) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(from);
      int written = inflater.inflate(into);
      return inflater.finished() ? written : -1;
    } catch (DataFormatException e) {
      return -1;
    } finally {
      inflater.end();
    }
  }

  private static int unzstd(ByteBuffer from, ByteBuffer into) {
    try {
      long written = Zstd.decompressDirectByteBuffer(into, 0, into.limit(), from, 0, from.limit());
      return Zstd.isError(written) ? -1 : (int) written;
    } catch (ZstdException e) {
      return -1;
    }
  }

  /** Compresses bytes; the result of {@link #NONE} is a copy. */
  byte[] compress(byte[] bytes) {
    return compress(bytes, bytes.length);
  }

  /** Compresses the first bytes of an array. */
  byte[] compress(byte[] bytes, int length) {
    return switch (this) {
      case NONE -> Arrays.copyOf(bytes, length);
      case ZLIB -> deflate(bytes, length);
      case ZSTD -> zstd(bytes, length);
    };
  }

  private static byte[] zstd(byte[] bytes, int length) {
    byte[] out = new byte[Math.toIntExact(Zstd.compressBound(length))];
    long written = Zstd.compressByteArray(out, 0, out.length, bytes, 0, length, ZSTD_LEVEL);
    if (Zstd.isError(written)) {
      throw new IllegalStateException("zstd: " + Zstd.getErrorName(written));
    }
    return Arrays.copyOf(out, (int) written);
  }

  private static byte[] deflate(byte[] bytes, int plainBytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes, 0, plainBytes);
      deflater.finish();
      // zlib's compressBound
      byte[] out = new byte[plainBytes + (plainBytes >>> 12) + (plainBytes >>> 14) + 64];
      int length = deflater.deflate(out);
      if (!deflater.finished()) {
        throw new IllegalStateException("deflate exceeded its bound");
      }
      return Arrays.copyOf(out, length);
    } finally {
      deflater.end();
    }
  }
}
