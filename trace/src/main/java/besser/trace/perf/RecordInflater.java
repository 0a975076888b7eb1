package besser.trace.perf;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Expands the payloads of compressed records, which together are one zstd stream cut at arbitrary
 * places, and hands out the records inside. Expands no further ahead than its buffer holds, so a
 * payload that claims to be gigabytes costs time up to the limit, not memory.
 */
final class RecordInflater implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final long DEFAULT_LIMIT_BYTES = 64L << 20;
  private static final long LEAST_LIMIT_BYTES = 1L << 20;
  private static final long GREATEST_LIMIT_BYTES = 256L << 20;

  private final Bytes bytes;
  private final String file;
  private final IssueCounts issues;
  private final ByteBuffer source = ByteBuffer.allocateDirect(RecordType.LIMIT_BYTES);
  private final ByteBuffer target = ByteBuffer.allocateDirect(RecordType.LIMIT_BYTES);
  private @Nullable ZstdDecompressCtx context;
  private long limitBytes = DEFAULT_LIMIT_BYTES;
  private long expandedBytes;
  private boolean pending;
  private int from;
  private int to;
  private int at;
  private int size;

  RecordInflater(boolean bigEndian, String file, IssueCounts issues) {
    this.bytes = new Bytes(new byte[0], bigEndian);
    this.file = file;
    this.issues = issues;
  }

  /** Sets how far one payload may expand; recorders say how large the ring was they read. */
  void limitExpansion(long declaredBytes) {
    limitBytes = Math.clamp(2 * declaredBytes, LEAST_LIMIT_BYTES, GREATEST_LIMIT_BYTES);
  }

  byte[] array() {
    return bytes.array();
  }

  int at() {
    return at;
  }

  int size() {
    return size;
  }

  void feed(byte[] payload, int offset, int length) {
    if (bytes.array().length == 0) {
      bytes.use(new byte[BUFFER_BYTES]);
    }
    source.clear().put(payload, offset, length).flip();
    expandedBytes = 0;
    pending = true;
  }

  /**
   * Moves to the next whole record expanded so far; false when more payload is needed.
   *
   * @param fileOffset of the compressed record, for messages
   */
  boolean advance(long fileOffset) {
    while (!hasWholeRecord(fileOffset)) {
      if (!pending || !expandMore(fileOffset)) {
        return false;
      }
    }
    at = from;
    from += size;
    return true;
  }

  private boolean hasWholeRecord(long fileOffset) {
    if (to - from < RecordType.HEADER_BYTES) {
      return false;
    }
    size = bytes.u16(from + 6);
    if (size < RecordType.HEADER_BYTES) {
      throw new TraceFormatException(
          file, fileOffset, "compressed records of at least 8 bytes", "one of " + size + " bytes");
    }
    return to - from >= size;
  }

  private boolean expandMore(long fileOffset) {
    byte[] array = bytes.array();
    System.arraycopy(array, from, array, 0, to - from);
    to -= from;
    from = 0;
    target.clear();
    int before = source.remaining();
    try {
      context().decompressDirectByteBufferStream(target, source);
    } catch (ZstdException e) {
      issues.add(Issue.DAMAGED_CHUNK, file, fileOffset);
      context().reset();
      pending = false;
      to = 0;
      return false;
    }
    target.flip();
    int count = target.remaining();
    target.get(array, to, count);
    to += count;
    expandedBytes += count;
    if (expandedBytes > limitBytes) {
      throw new TraceFormatException(
          file,
          fileOffset,
          "a compressed record that expands to at most " + limitBytes + " bytes",
          "more");
    }
    boolean consumed = source.remaining() < before;
    pending = count > 0 || (consumed && source.hasRemaining());
    return pending;
  }

  private ZstdDecompressCtx context() {
    ZstdDecompressCtx present = context;
    if (present == null) {
      present = new ZstdDecompressCtx();
      context = present;
    }
    return present;
  }

  /**
   * To be called at the end of the data: what is left over is a record cut short. perf record 6.1
   * leaves one when its last output did not fit a record and zstd was not flushed again; perf
   * itself says nothing of it.
   */
  void finish(long fileOffset) {
    if (to > from) {
      issues.add(Issue.TRUNCATED_DATA, file, fileOffset);
      from = to;
    }
  }

  @Override
  public void close() {
    ZstdDecompressCtx present = context;
    if (present != null) {
      present.close();
      context = null;
    }
  }
}
