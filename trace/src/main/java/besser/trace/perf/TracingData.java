package besser.trace.perf;

import besser.trace.EventFormat;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import besser.trace.format.FormatFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event formats a recording with tracepoints carries, laid out as the header of an old
 * trace.dat ({@code tools/perf/util/trace-event-info.c}).
 */
final class TracingData {
  private static final String MAGIC = "\u0017\bDtracing";
  private static final int COUNT_LIMIT = 1 << 16;

  private final SectionCursor section;
  private final IssueCounts issues;
  private final Map<Integer, EventFormat> formatOfId = new TreeMap<>();
  private int longBytes;

  private TracingData(SectionCursor section, IssueCounts issues) {
    this.section = section;
    this.issues = issues;
  }

  static List<EventFormat> read(SectionCursor section, IssueCounts issues) {
    TracingData data = new TracingData(section, issues);
    data.readAll();
    return List.copyOf(data.formatOfId.values());
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
    section.u8();
    longBytes = section.u8() == Integer.BYTES ? Integer.BYTES : Long.BYTES;
    section.take(Integer.BYTES);
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
      addFormat(
          system, new String(section.bytes().array(), at, (int) size, StandardCharsets.ISO_8859_1));
    }
  }

  private void addFormat(String system, String text) {
    String place = section.file() + ": format of " + system;
    try {
      EventFormat format = FormatFile.parse(text, system, longBytes, place);
      formatOfId.putIfAbsent(format.id(), format);
    } catch (TraceFormatException e) {
      issues.add(Issue.DAMAGED_FORMAT, place);
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
