package besser.trace.text;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a text of any length. A line longer than any real one is counted and left out. */
final class Lines {
  private static final int LIMIT_BYTES = 1 << 16;

  private final InputStream input;
  private final String file;
  private final IssueCounts issues;
  private final byte[] buffer = new byte[2 * LIMIT_BYTES];
  private int from;
  private int to;
  private long bufferOffset;
  private long lineOffset;
  private boolean ended;

  Lines(InputStream input, String file, IssueCounts issues) {
    this.input = input;
    this.file = file;
    this.issues = issues;
  }

  /** Where the last line that was handed out starts. */
  long offset() {
    return lineOffset;
  }

  /** The next line without its end, or empty at the end of the text. */
  Optional<String> next() {
    int searched = 0;
    boolean tooLong = false;
    while (true) {
      int newline = newline(from + searched);
      if (newline >= 0 || (ended && to > from)) {
        int end = newline >= 0 ? newline : to;
        Optional<String> line = Optional.of(take(end, newline >= 0 ? newline + 1 : to));
        if (!tooLong) {
          return line;
        }
        tooLong = false;
        searched = 0;
        continue;
      }
      if (ended) {
        return Optional.empty();
      }
      searched = to - from;
      if (searched > LIMIT_BYTES) {
        if (!tooLong) {
          issues.add(Issue.UNPARSED_LINE, file, bufferOffset + from);
        }
        tooLong = true;
        from = to;
        searched = 0;
      }
      fill();
    }
  }

  private int newline(int start) {
    for (int i = start; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String take(int end, int next) {
    lineOffset = bufferOffset + from;
    int length = end - from;
    if (length > 0 && buffer[end - 1] == '\r') {
      length--;
    }
    String line = new String(buffer, from, length, StandardCharsets.ISO_8859_1);
    from = next;
    return line;
  }

  private void fill() {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    bufferOffset += from;
    to -= from;
    from = 0;
    try {
      int count = input.read(buffer, to, buffer.length - to);
      if (count < 0) {
        ended = true;
      } else {
        to += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
