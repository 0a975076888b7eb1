package besser.trace.perf;

import besser.trace.EventFormat;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The event formats a recording with tracepoints carries, laid out as the header of an old
 * trace.dat ({@code tools/perf/util/trace-event-info.c}).
 */
final class TracingData {
  private static final String MAGIC = "\u0017\bDtracing";
  private static final int COUNT_LIMIT = 1 << 16;

  private final SectionCursor section;
  private final List<FormatText> formats = new ArrayList<>();

  /** A format file. */
  record FormatText(String system, String text) {}

  private TracingData(SectionCursor section) {
    this.section = section;
  }

  static List<EventFormat> read(SectionCursor section, IssueCounts issues) {
    TracingData data = new TracingData(section);
    data.readAll();
    return List.of();
  }

  private void readAll() {
    long place = section.fileOffset();
    int at = section.take(MAGIC.length());
    String magic =
        new String(section.bytes().array(), at, MAGIC.length(), StandardCharsets.ISO_8859_1);
    if (!magic.equals(MAGIC)) {
      throw new TraceFormatException(section.file(), place, "the magic of tracing data", "another");
    }
    section.nulEndedText();
    section.take(2L + Integer.BYTES);
    skipNamedFile("header_page");
    skipNamedFile("header_event");
    readFormats("ftrace", section.u32());
    long systems = section.u32();
    for (long i = 0; i < checkedCount(systems); i++) {
      String system = section.nulEndedText();
      readFormats(system, section.u32());
    }
  }

  private void skipNamedFile(String expected) {
    long place = section.fileOffset();
    String name = section.nulEndedText();
    if (!name.equals(expected)) {
      throw new TraceFormatException(section.file(), place, expected, name);
    }
    section.take(section.i64());
  }

  private void readFormats(String system, long count) {
    for (long i = 0; i < checkedCount(count); i++) {
      long size = section.i64();
      int at = section.take(size);
      formats.add(
          new FormatText(
              system,
              new String(section.bytes().array(), at, (int) size, StandardCharsets.ISO_8859_1)));
    }
  }

  private long checkedCount(long count) {
    if (count > COUNT_LIMIT) {
      throw new TraceFormatException(
          section.file(),
          section.fileOffset(),
          "at most " + COUNT_LIMIT + " formats or systems",
          Long.toString(count));
    }
    return count;
  }
}
