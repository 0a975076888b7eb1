package besser.trace.perf;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Cuts the data of a perf.data into records, in the order of the file, and expands compressed ones
 * on the way. Memory is two buffers, whatever the file says.
 */
final class RecordStream implements AutoCloseable {
  /** Where the bytes come from. */
  interface Input {
    /** Reads up to {@code length} bytes; -1 at the end. */
    int read(byte[] into, int offset, int length) throws IOException;
  }

  private static final int BUFFER_BYTES = 1 << 20;

  private final Input input;
  private final String file;
  private final IssueCounts issues;
  private final Bytes raw;
  private final RecordInflater inflater;
  private final Bytes current;
  private long bufferStart;
  private int from;
  private int to;
  private boolean inputEnded;
  private int at;
  private int size;
  private boolean expanded;

  /**
   * @param startOffset where the input's first byte lies in the file
   */
  RecordStream(Input input, long startOffset, boolean bigEndian, String file, IssueCounts issues) {
    this.input = input;
    this.bufferStart = startOffset;
    this.file = file;
    this.issues = issues;
    this.raw = new Bytes(new byte[BUFFER_BYTES], bigEndian);
    this.current = new Bytes(raw.array(), bigEndian);
    this.inflater = new RecordInflater(bigEndian, file, issues);
  }

  /** The array the current record is in. */
  Bytes bytes() {
    return current;
  }

  /** Where in {@link #bytes} the current record starts. */
  int at() {
    return at;
  }

  /** Size of the current record, its header included. */
  int size() {
    return size;
  }

  /** Where the bytes end that have been read; the current record's end when it was compressed. */
  int readTo() {
    return expanded ? at + size : to;
  }

  /** Moves over whole records, from the current one on, so that the next is what follows them. */
  void skipTo(int end) {
    if (!expanded) {
      from = end;
    }
  }

  int type() {
    return current.i32(at);
  }

  int misc() {
    return current.u16(at + 4);
  }

  /** Where the current record, or the compressed one it was in, lies in the file. */
  long fileOffset() {
    return expanded ? bufferStart + from : bufferStart + at;
  }

  void limitExpansion(long bytes) {
    inflater.limitExpansion(bytes);
  }

  /** Moves to the next record; false at the end. Compressed records are never handed out. */
  boolean advance() {
    while (true) {
      if (inflater.advance(fileOffset())) {
        current.use(inflater.array());
        at = inflater.at();
        size = inflater.size();
        expanded = true;
        return true;
      }
      expanded = false;
      if (!advanceRaw()) {
        inflater.finish(bufferStart + from);
        return false;
      }
      int type = raw.i32(at);
      if (type != RecordType.COMPRESSED && type != RecordType.COMPRESSED2) {
        current.use(raw.array());
        return true;
      }
      feedInflater(type);
    }
  }

  private void feedInflater(int type) {
    int head = RecordType.HEADER_BYTES;
    long length = (long) size - head;
    if (type == RecordType.COMPRESSED2) {
      head += Long.BYTES;
      length = size < head ? -1 : raw.i64(at + RecordType.HEADER_BYTES);
      if (length < 0 || length > size - head) {
        issues.add(Issue.DAMAGED_CHUNK, file, bufferStart + at);
        return;
      }
    }
    inflater.feed(raw.array(), at + head, (int) length);
  }

  private boolean advanceRaw() {
    if (!fill(RecordType.HEADER_BYTES)) {
      if (to > from) {
        issues.add(Issue.TRUNCATED_DATA, file, bufferStart + from);
        from = to;
      }
      return false;
    }
    int declared = raw.u16(from + 6);
    if (declared < RecordType.HEADER_BYTES) {
      throw new TraceFormatException(
          file, bufferStart + from + 6, "a record size of at least 8", Integer.toString(declared));
    }
    if (!fill(declared)) {
      issues.add(Issue.TRUNCATED_DATA, file, bufferStart + from);
      from = to;
      return false;
    }
    at = from;
    size = declared;
    from += declared;
    return true;
  }

  /** Makes {@code count} bytes available from {@code from} on, if the input has them. */
  private boolean fill(int count) {
    if (to - from >= count) {
      return true;
    }
    byte[] array = raw.array();
    System.arraycopy(array, from, array, 0, to - from);
    bufferStart += from;
    to -= from;
    from = 0;
    while (to < count && !inputEnded) {
      to += readSome(array, to, array.length - to);
    }
    return to >= count;
  }

  private int readSome(byte[] array, int offset, int length) {
    try {
      int count = input.read(array, offset, length);
      if (count < 0) {
        inputEnded = true;
        return 0;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Takes bytes that follow the current record without being part of it (tracing data, AUX data).
   *
   * @return as many of them as the input has; the array is of that length
   */
  byte[] takeFollowing(int count) {
    requireRaw();
    byte[] taken = new byte[Math.min(count, BUFFER_BYTES)];
    int have = 0;
    while (have < count) {
      if (to == from && !fill(1)) {
        break;
      }
      if (have == taken.length) {
        taken = java.util.Arrays.copyOf(taken, Math.min(count, 2 * taken.length));
      }
      int part = Math.min(taken.length - have, to - from);
      System.arraycopy(raw.array(), from, taken, have, part);
      have += part;
      from += part;
    }
    return java.util.Arrays.copyOf(taken, have);
  }

  /** Skips bytes that follow the current record without being part of it. */
  void skipFollowing(long count) {
    requireRaw();
    long left = count;
    while (left > 0) {
      if (to == from && !fill(1)) {
        issues.add(Issue.TRUNCATED_DATA, file, bufferStart + from);
        return;
      }
      int part = (int) Math.min(left, to - from);
      from += part;
      left -= part;
    }
  }

  private void requireRaw() {
    if (expanded) {
      throw new TraceFormatException(
          file,
          fileOffset(),
          "no record with data behind it inside a compressed one",
          "record type " + type());
    }
  }

  @Override
  public void close() {
    inflater.close();
  }
}
