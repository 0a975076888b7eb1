package besser.trace.dat;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import besser.trace.ring.TimeConversion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a trace.dat, gathered while its option lists are read. */
final class DatOptions {
  private final String file;
  private final IssueCounts issues;
  private final Map<Integer, Long> sections = new HashMap<>();
  private final List<BufferOption> buffers = new ArrayList<>();
  private String statsBuffer = "";
  private final Map<String, List<CpuStats>> statsByBuffer = new HashMap<>();
  private long offsetNanos;
  private long multiplier;
  private int shift;
  private Optional<String> clock = Optional.empty();
  private boolean clockBehindTable;
  private Optional<Integer> cpuCount = Optional.empty();
  private String uname = "";
  private String recorderVersion = "";
  private long traceId;

  /** A BUFFER option; {@code payload} stands behind offset and name. */
  record BufferOption(long offset, String name, DatBytes payload) {}

  DatOptions(String file, IssueCounts issues) {
    this.file = file;
    this.issues = issues;
  }

  /**
   * Takes one option in.
   *
   * @param payload its bytes
   * @param fileOffset where they are, for messages
   */
  void add(int id, DatBytes payload, long fileOffset) {
    try {
      take(id, payload, fileOffset);
    } catch (TraceFormatException e) {
      issues.add(Issue.DAMAGED_SECTION, "option " + id + ": " + e.getMessage());
    }
  }

  private void take(int id, DatBytes payload, long fileOffset) {
    switch (id) {
      case OptionId.DATE -> offsetNanos += 1000 * number(text(payload));
      case OptionId.OFFSET -> offsetNanos += number(text(payload));
      case OptionId.CPUSTAT -> addStats(text(payload), fileOffset);
      case OptionId.BUFFER -> {
        long offset = payload.int64("buffer offset");
        buffers.add(new BufferOption(offset, payload.string("buffer name"), payload));
      }
      case OptionId.TRACECLOCK -> {
        clockBehindTable = true;
        selectedClock(text(payload)).ifPresent(found -> clock = Optional.of(found));
      }
      case OptionId.UNAME -> uname = text(payload);
      case OptionId.VERSION -> recorderVersion = text(payload);
      case OptionId.CPUCOUNT -> cpuCount = Optional.of((int) payload.uint32("cpu count"));
      case OptionId.TRACEID -> traceId = payload.int64("trace id");
      case OptionId.TSC2NSEC -> {
        multiplier = payload.uint32("multiplier");
        shift = (int) (payload.uint32("shift") & 63);
      }
      case OptionId.HEADER_INFO,
          OptionId.FTRACE_EVENTS,
          OptionId.EVENT_FORMATS,
          OptionId.KALLSYMS,
          OptionId.PRINTK,
          OptionId.CMDLINES ->
          sections.put(id, payload.int64("section offset"));
      case OptionId.HOOK,
          OptionId.PROCMAPS,
          OptionId.GUEST,
          OptionId.STRINGS,
          OptionId.BTF_FILE,
          OptionId.LAST_BOOT_INFO,
          OptionId.MODULES_FILE -> {
        // say nothing about events or their time
      }
      default -> issues.add(Issue.UNKNOWN_SECTION, file + ": option " + id, fileOffset);
    }
  }

  private void addStats(String text, long fileOffset) {
    String place = file + ": CPU statistics at offset " + fileOffset;
    String stripped = text.strip();
    if (stripped.startsWith("Buffer:")) {
      statsBuffer = stripped.substring("Buffer:".length()).strip();
      return;
    }
    int end = stripped.indexOf('\n');
    if (!stripped.startsWith("CPU:") || end < 0) {
      issues.add(Issue.UNPARSED_LINE, place);
      return;
    }
    try {
      int cpu = Integer.parseInt(stripped.substring("CPU:".length(), end).strip());
      CpuStats stats = CpuStats.parse(cpu, stripped.substring(end + 1), place, issues);
      statsByBuffer.computeIfAbsent(statsBuffer, _ -> new ArrayList<>()).add(stats);
    } catch (IllegalArgumentException e) {
      issues.add(Issue.UNPARSED_LINE, place);
    }
  }

  private static String text(DatBytes payload) {
    String text = payload.text(payload.remaining(), "option");
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** A number as strtoll reads it: decimal, or hexadecimal behind 0x. */
  private long number(String text) {
    String digits = text.strip();
    boolean negative = digits.startsWith("-");
    String bare = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    boolean hexadecimal = bare.startsWith("0x") || bare.startsWith("0X");
    try {
      long value =
          hexadecimal
              ? Long.parseUnsignedLong(bare.substring(2), 16)
              : Long.parseLong(bare.isEmpty() ? "0" : bare);
      return negative ? -value : value;
    } catch (NumberFormatException e) {
      issues.add(Issue.DAMAGED_SECTION, file + ": time offset '" + bare + "'");
      return 0;
    }
  }

  /** The name in brackets of a {@code trace_clock} file such as {@code [local] global mono}. */
  static Optional<String> selectedClock(String traceClock) {
    int open = traceClock.indexOf('[');
    int close = traceClock.indexOf(']', open + 1);
    return open < 0 || close < 0
        ? Optional.empty()
        : Optional.of(traceClock.substring(open + 1, close));
  }

  Optional<Long> section(int id) {
    return Optional.ofNullable(sections.get(id));
  }

  List<BufferOption> buffers() {
    return buffers;
  }

  List<CpuStats> statsOf(String buffer) {
    return List.copyOf(statsByBuffer.getOrDefault(buffer, List.of()));
  }

  TimeConversion time() {
    return new TimeConversion(offsetNanos, multiplier, shift);
  }

  Optional<String> clock() {
    return clock;
  }

  /** Whether version 6 keeps the clock's name behind the table of CPU data. */
  boolean isClockBehindTable() {
    return clockBehindTable;
  }

  Optional<Integer> cpuCount() {
    return cpuCount;
  }

  String uname() {
    return uname;
  }

  String recorderVersion() {
    return recorderVersion;
  }

  long traceId() {
    return traceId;
  }
}
