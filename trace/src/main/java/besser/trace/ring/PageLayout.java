package besser.trace.ring;

import besser.trace.TraceFormatException;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the parts of a ring-buffer page are, as the kernel's {@code events/header_page} says: time
 * stamp, commit word, data.
 *
 * @param order byte order of the traced machine
 * @param pageBytes size of one page (sub-buffer), {@code > dataOffsetBytes}
 * @param commitOffsetBytes where the commit word is
 * @param commitBytes its size: 4 or 8, the kernel's {@code long}
 * @param dataOffsetBytes where the records start
 */
public record PageLayout(
    ByteOrder order, int pageBytes, int commitOffsetBytes, int commitBytes, int dataOffsetBytes) {
  /** The largest page accepted: what {@code buffer_subbuf_size_kb} allows at most and more. */
  public static final int PAGE_BYTES_LIMIT = 16 << 20;

  private static final Pattern FIELD =
      Pattern.compile("(\\w+)\\s*;\\s*offset:(\\d{1,6});\\s*size:(\\d{1,6});");

  public PageLayout {
    if (commitBytes != 4 && commitBytes != 8) {
      throw new IllegalArgumentException("commit size must be 4 or 8, got " + commitBytes);
    }
    if (commitOffsetBytes < 8 || dataOffsetBytes < commitOffsetBytes + commitBytes) {
      throw new IllegalArgumentException(
          "commit must follow 8 bytes of time and precede data, got commit at %d, data at %d"
              .formatted(commitOffsetBytes, dataOffsetBytes));
    }
    if (pageBytes < dataOffsetBytes + 8 || pageBytes > PAGE_BYTES_LIMIT || pageBytes % 4 != 0) {
      throw new IllegalArgumentException(
          "page size must be a multiple of 4 from %d to %d, got %d"
              .formatted(dataOffsetBytes + 8, PAGE_BYTES_LIMIT, pageBytes));
    }
  }

  /** The layout every kernel since 2.6.31 has. */
  public static PageLayout of(ByteOrder order, int pageBytes, int longBytes) {
    return new PageLayout(order, pageBytes, 8, longBytes, 8 + longBytes);
  }

  /**
   * Parses {@code events/header_page}.
   *
   * @param pageBytes size of one page; the text's {@code data} size is used when it is greater
   * @param place file the text comes from, for the error
   * @param offset byte offset of the text in it
   * @throws TraceFormatException when time stamp, commit or data is missing or absurd
   */
  public static PageLayout parse(
      String headerPage, ByteOrder order, int pageBytes, String place, long offset) {
    int timestampBytes = -1;
    int commitOffset = -1;
    int commitBytes = -1;
    int dataOffset = -1;
    int dataBytes = 0;
    Matcher field = FIELD.matcher(headerPage);
    while (field.find()) {
      int at = Integer.parseInt(field.group(2));
      int size = Integer.parseInt(field.group(3));
      switch (field.group(1)) {
        case "timestamp" -> timestampBytes = size;
        case "commit" -> {
          commitOffset = at;
          commitBytes = size;
        }
        case "data" -> {
          dataOffset = at;
          dataBytes = size;
        }
        default -> {}
      }
    }
    if (timestampBytes != 8) {
      throw new TraceFormatException(
          place, offset, "a page header with an 8-byte timestamp", "size " + timestampBytes);
    }
    try {
      int needed = Math.max(pageBytes, dataOffset + dataBytes);
      return new PageLayout(order, needed, commitOffset, commitBytes, dataOffset);
    } catch (IllegalArgumentException e) {
      throw new TraceFormatException(
          place, offset, "a usable page header", String.valueOf(e.getMessage()));
    }
  }

  /** Whether the traced machine was big endian. */
  public boolean isBigEndian() {
    return order == ByteOrder.BIG_ENDIAN;
  }

  /** Bytes of records one page can hold. */
  public int dataBytes() {
    return pageBytes - dataOffsetBytes;
  }
}
