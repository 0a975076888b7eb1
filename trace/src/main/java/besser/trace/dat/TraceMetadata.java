package besser.trace.dat;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.TaskNames;
import besser.trace.TraceFormatException;
import besser.trace.format.FormatFile;
import besser.trace.ring.PageLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a capture says about the traced machine, as texts of its tracefs: enough to read its pages
 * and to write them again.
 *
 * @param order byte order of the traced machine
 * @param userLongBytes size of its user space's {@code long}: 4 or 8
 * @param headerPage {@code events/header_page}
 * @param headerEvent {@code events/header_event}
 * @param ftraceFormats the format files of {@code events/ftrace}
 * @param systems the format files of all other groups
 * @param kallsyms {@code /proc/kallsyms}, may be empty
 * @param printkFormats {@code printk_formats}, may be empty
 * @param savedCmdlines {@code saved_cmdlines}, may be empty
 * @param clock the trace clock's name, such as {@code local}
 */
public record TraceMetadata(
    ByteOrder order,
    int userLongBytes,
    String headerPage,
    String headerEvent,
    List<String> ftraceFormats,
    List<EventSystem> systems,
    String kallsyms,
    String printkFormats,
    String savedCmdlines,
    String clock) {

  /** The group of ftrace's own events, kept apart in trace.dat. */
  public static final String FTRACE = "ftrace";

  /** One group of events with its format files. */
  public record EventSystem(String name, List<String> formats) {
    public EventSystem {
      formats = List.copyOf(formats);
    }
  }

  public TraceMetadata {
    if (userLongBytes != 4 && userLongBytes != 8) {
      throw new IllegalArgumentException("size of long must be 4 or 8, got " + userLongBytes);
    }
    ftraceFormats = List.copyOf(ftraceFormats);
    systems = List.copyOf(systems);
  }

  /** What every 64-bit kernel with pages of 4 KiB says of its pages. */
  private static final String HEADER_PAGE =
      """
      \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
      \tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;
      \tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;
      \tfield: char data;\toffset:16;\tsize:4080;\tsigned:0;
      """;

  private static final String HEADER_EVENT =
      """
      # compressed entry header
      \ttype_len    :    5 bits
      \ttime_delta  :   27 bits
      \tarray       :   32 bits

      \tpadding     : type == 29
      \ttime_extend : type == 30
      \ttime_stamp : type == 31
      \tdata max type_len  == 28
      """;

  /**
   * Of a machine that exists nowhere: little endian, 64 bits, pages of 4 KiB.
   *
   * @param systems its events' formats
   * @param kallsyms its symbols, may be empty
   * @param clock what its clock is called
   */
  public static TraceMetadata ofMadeUpMachine(
      List<EventSystem> systems, String kallsyms, String clock) {
    return new TraceMetadata(
        ByteOrder.LITTLE_ENDIAN,
        8,
        HEADER_PAGE,
        HEADER_EVENT,
        List.of(),
        systems,
        kallsyms,
        "",
        "",
        clock);
  }

  /** The same with other symbols. */
  public TraceMetadata withKallsyms(String otherKallsyms) {
    return new TraceMetadata(
        order,
        userLongBytes,
        headerPage,
        headerEvent,
        ftraceFormats,
        systems,
        otherKallsyms,
        printkFormats,
        savedCmdlines,
        clock);
  }

  /** The same with one group called otherwise. */
  public TraceMetadata renamed(String group, String newName) {
    List<EventSystem> renamed = new ArrayList<>();
    for (EventSystem system : systems) {
      boolean meant = system.name().equals(group);
      renamed.add(meant ? new EventSystem(newName, system.formats()) : system);
    }
    return new TraceMetadata(
        order,
        userLongBytes,
        headerPage,
        headerEvent,
        ftraceFormats,
        renamed,
        kallsyms,
        printkFormats,
        savedCmdlines,
        clock);
  }

  /**
   * The formats, parsed. A format that cannot be understood, or whose id was declared before, is
   * counted under {@link Issue#DAMAGED_FORMAT} and left out.
   */
  public EventCatalogue catalogue(int kernelLongBytes, String place, IssueCounts issues) {
    List<EventFormat> formats = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (String text : ftraceFormats) {
      addFormat(text, FTRACE, kernelLongBytes, place, issues, ids, formats);
    }
    for (EventSystem system : systems) {
      for (String text : system.formats()) {
        addFormat(text, system.name(), kernelLongBytes, place, issues, ids, formats);
      }
    }
    return new EventCatalogue(formats);
  }

  private static void addFormat(
      String text,
      String system,
      int kernelLongBytes,
      String place,
      IssueCounts issues,
      Set<Integer> ids,
      List<EventFormat> into) {
    String where = place + ": format of " + system + ":" + nameOf(text);
    try {
      EventFormat format = FormatFile.parse(text, system, kernelLongBytes, where);
      if (ids.add(format.id())) {
        into.add(format);
      } else {
        issues.add(Issue.DAMAGED_FORMAT, where + ": id " + format.id() + " is declared twice");
      }
    } catch (TraceFormatException e) {
      issues.add(Issue.DAMAGED_FORMAT, String.valueOf(e.getMessage()));
    }
  }

  private static String nameOf(String text) {
    int start = text.startsWith("name: ") ? 6 : -1;
    int end = text.indexOf('\n');
    return start < 0 || end < start ? "?" : text.substring(start, Math.min(end, start + 64));
  }

  /** Where the parts of a page of {@code pageBytes} are. */
  public PageLayout layout(int pageBytes, String place) {
    return PageLayout.parse(headerPage, order, pageBytes, place, 0);
  }

  /** Task names from {@link #savedCmdlines}. */
  public TaskNames taskNames(String place, IssueCounts issues) {
    Map<Integer, String> names = new HashMap<>();
    int at = 0;
    for (String line : savedCmdlines.lines().toList()) {
      int space = line.indexOf(' ');
      try {
        if (space > 0) {
          names.putIfAbsent(Integer.parseInt(line, 0, space, 10), line.substring(space + 1));
        } else if (!line.isBlank() && line.charAt(0) != '\0') {
          issues.add(Issue.UNPARSED_LINE, place + ": saved_cmdlines", at);
        }
      } catch (NumberFormatException e) {
        issues.add(Issue.UNPARSED_LINE, place + ": saved_cmdlines", at);
      }
      at += line.length() + 1;
    }
    return new TaskNames(names);
  }

  /** Texts by their address from {@link #printkFormats}. */
  public Map<Long, String> printkTexts(String place, IssueCounts issues) {
    Map<Long, String> texts = new HashMap<>();
    int at = 0;
    for (String line : printkFormats.lines().toList()) {
      int colon = line.indexOf(':');
      try {
        if (colon > 2 && line.startsWith("0x")) {
          String text = line.substring(Math.min(colon + 2, line.length()));
          texts.put(
              Long.parseUnsignedLong(line.substring(2, colon).strip(), 16),
              PrintkText.unquoted(text));
        } else if (!line.isBlank() && line.charAt(0) != '\0') {
          issues.add(Issue.UNPARSED_LINE, place + ": printk_formats", at);
        }
      } catch (NumberFormatException e) {
        issues.add(Issue.UNPARSED_LINE, place + ": printk_formats", at);
      }
      at += line.length() + 1;
    }
    return texts;
  }

  /** Kernel symbols from {@link #kallsyms}. */
  public KernelSymbols symbols(String place, IssueCounts issues) {
    return KernelSymbols.parse(kallsyms, place + ": kallsyms", issues);
  }
}
