package besser.trace.perf;

import besser.trace.TraceFormatException;
import java.nio.charset.StandardCharsets;

/** Reads one section front to back; every step is checked against the section's end. */
final class SectionCursor {
  private final Bytes bytes;
  private final int end;
  private final String file;
  private final long fileOffsetOfZero;
  private int at;

  /**
   * @param fileOffsetOfZero where index 0 of {@code bytes} lies in the file, for messages
   */
  SectionCursor(Bytes bytes, int from, int end, String file, long fileOffsetOfZero) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.file = file;
    this.fileOffsetOfZero = fileOffsetOfZero;
  }

  Bytes bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  long fileOffset() {
    return fileOffsetOfZero + at;
  }

  String file() {
    return file;
  }

  int remaining() {
    return end - at;
  }

  /** Moves over {@code count} bytes and answers where they start. */
  int take(long count) {
    if (count < 0 || count > end - at) {
      throw new TraceFormatException(
          file, fileOffset(), count + " more bytes in the section", (end - at) + " bytes");
    }
    int start = at;
    at += (int) count;
    return start;
  }

  int u8() {
    return bytes.u8(take(1));
  }

  int i32() {
    return bytes.i32(take(Integer.BYTES));
  }

  long u32() {
    return bytes.u32(take(Integer.BYTES));
  }

  long i64() {
    return bytes.i64(take(Long.BYTES));
  }

  /** A {@code perf_header_string}: its length, then text ended and padded by NUL. */
  String headerText() {
    long length = u32();
    int start = take(length);
    return bytes.text(start, start + (int) length);
  }

  /** Text up to the NUL that ends it; the NUL is consumed. */
  String nulEndedText() {
    int start = at;
    while (u8() != 0) {
      // u8 fails at the end of the section
    }
    return new String(bytes.array(), start, at - 1 - start, StandardCharsets.UTF_8);
  }
}
