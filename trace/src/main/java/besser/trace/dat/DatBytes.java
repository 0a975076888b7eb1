package besser.trace.dat;

import besser.trace.TraceFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A place in the bytes of a trace.dat (or of an expanded section of it). Every read is checked
 * against the end and says what it expected.
 */
final class DatBytes {
  private static final int STRING_LIMIT = 1 << 16;

  private final MemorySegment segment;
  private final String file;
  private final long fileOffset;
  private final ByteOrder order;
  private long at;

  /**
   * @param fileOffset where the segment (or what it was expanded from) begins in the file
   */
  DatBytes(MemorySegment segment, String file, long fileOffset, ByteOrder order) {
    this.segment = segment;
    this.file = file;
    this.fileOffset = fileOffset;
    this.order = order;
  }

  long position() {
    return at;
  }

  long remaining() {
    return segment.byteSize() - at;
  }

  void seek(long position, String what) {
    if (position < 0 || position > segment.byteSize()) {
      throw new TraceFormatException(
          file,
          fileOffset + at,
          "an offset of %s from 0 to %d".formatted(what, segment.byteSize()),
          Long.toUnsignedString(position));
    }
    at = position;
  }

  int uint8(String what) {
    need(1, what);
    return segment.get(ValueLayout.JAVA_BYTE, at++) & 0xff;
  }

  int uint16(String what) {
    need(2, what);
    short value = segment.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
    at += 2;
    return value & 0xffff;
  }

  long uint32(String what) {
    need(4, what);
    int value = segment.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
    at += 4;
    return value & 0xffff_ffffL;
  }

  long int64(String what) {
    need(8, what);
    long value = segment.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
    at += 8;
    return value;
  }

  /** A text that ends in NUL. */
  String string(String what) {
    long end = at;
    long limit = Math.min(segment.byteSize(), at + STRING_LIMIT);
    while (end < limit && segment.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    if (end >= limit) {
      throw damage(what + " that ends in NUL", (end - at) + " bytes without one");
    }
    String text = text(end - at, what);
    at++;
    return text;
  }

  /** A text of known length. */
  String text(long bytes, String what) {
    need(bytes, what);
    if (bytes > Integer.MAX_VALUE - 8) {
      throw damage(what + " of less than 2 GiB", bytes + " bytes");
    }
    byte[] copy = new byte[(int) bytes];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, copy, 0, copy.length);
    at += bytes;
    return new String(copy, StandardCharsets.ISO_8859_1);
  }

  /** The next bytes as bytes of their own. */
  DatBytes slice(long bytes, String what) {
    need(bytes, what);
    DatBytes slice = new DatBytes(segment.asSlice(at, bytes), file, fileOffset + at, order);
    at += bytes;
    return slice;
  }

  /** The next bytes, not consumed. */
  MemorySegment segment(long bytes, String what) {
    need(bytes, what);
    return segment.asSlice(at, bytes);
  }

  void expect(String text, String what) {
    String found = text(Math.min(text.length(), remaining()), what);
    if (!found.equals(text)) {
      throw new TraceFormatException(
          file, fileOffset + at - found.length(), what + " " + quoted(text), quoted(found));
    }
  }

  /** A number of things that follow, each of at least {@code leastBytes}. */
  int count(int leastBytes, String what) {
    long count = uint32(what);
    if (count * leastBytes > remaining()) {
      at -= 4;
      throw damage(
          "at most %d %s (what is left of the bytes)".formatted(remaining() / leastBytes, what),
          Long.toString(count));
    }
    return (int) count;
  }

  TraceFormatException damage(String expected, String found) {
    return new TraceFormatException(file, fileOffset + at, expected, found);
  }

  private void need(long bytes, String what) {
    if (bytes < 0 || bytes > remaining()) {
      throw damage(
          "%s of %s bytes".formatted(what, Long.toUnsignedString(bytes)),
          remaining() + " bytes up to the end");
    }
  }

  private static String quoted(String text) {
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        shown.append(c);
      } else {
        shown.append("\\x").append(Character.forDigit(c >> 4 & 15, 16));
        shown.append(Character.forDigit(c & 15, 16));
      }
    }
    return shown.append('\'').toString();
  }
}
