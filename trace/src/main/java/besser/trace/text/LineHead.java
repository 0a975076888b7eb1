package besser.trace.text;

/**
 * The part before the event that perf and ftrace print alike: task, CPU, flags and time.
 *
 * <pre>
 *   kworker/1:1-45      [001] d..2.   123.456789: sched_switch: ...     (ftrace)
 *   kworker/1:1    45/45 [001]   123.456789:     250000 cpu-clock: ...  (perf script)
 * </pre>
 */
final class LineHead {
  static final int NO_CPU = -1;

  private static final int CPUS_LIMIT = 1 << 16;

  private String comm = "";
  private int pid;
  private int tid;
  private int cpu;
  private long timeNanos;
  private int restAt;

  String comm() {
    return comm;
  }

  int pid() {
    return pid;
  }

  int tid() {
    return tid;
  }

  int cpu() {
    return cpu;
  }

  long timeNanos() {
    return timeNanos;
  }

  /** Where in the line the event begins. */
  int restAt() {
    return restAt;
  }

  /** Parses {@code comm-pid [cpu] flags time:}; flags and {@code (tgid)} may be missing. */
  boolean parseFtrace(String line) {
    int timeAt = findTime(line);
    if (timeAt < 0) {
      return false;
    }
    int bracket = line.lastIndexOf('[', timeAt);
    int close = bracket < 0 ? -1 : line.indexOf(']', bracket);
    if (close < 0 || close > timeAt || !parseCpu(line, bracket, close)) {
      return false;
    }
    int taskEnd = endOfText(line, bracket);
    if (taskEnd > 0 && line.charAt(taskEnd - 1) == ')') {
      int open = line.lastIndexOf('(', taskEnd);
      taskEnd = open < 0 ? taskEnd : endOfText(line, open);
    }
    int dash = line.lastIndexOf('-', taskEnd - 1);
    if (dash < 1) {
      return false;
    }
    tid = number(line, dash + 1, taskEnd);
    pid = tid;
    comm = line.substring(0, dash).strip();
    return tid >= 0 && !comm.isEmpty();
  }

  /**
   * Parses {@code comm pid/tid [cpu] time:} or {@code comm tid [cpu] time:}; CPU may be missing.
   */
  boolean parsePerfScript(String line) {
    int timeAt = findTime(line);
    if (timeAt < 0) {
      return false;
    }
    int idsEnd = endOfText(line, timeAt);
    cpu = NO_CPU;
    if (idsEnd > 0 && line.charAt(idsEnd - 1) == ']') {
      int bracket = line.lastIndexOf('[', idsEnd);
      if (bracket < 0 || !parseCpu(line, bracket, idsEnd - 1)) {
        return false;
      }
      idsEnd = endOfText(line, bracket);
    }
    int idsAt = line.lastIndexOf(' ', idsEnd - 1) + 1;
    int slash = line.indexOf('/', idsAt);
    boolean both = slash > idsAt && slash < idsEnd;
    tid = number(line, both ? slash + 1 : idsAt, idsEnd);
    pid = both ? number(line, idsAt, slash) : tid;
    comm = line.substring(0, idsAt).strip();
    return tid >= -1 && pid >= -1 && !comm.isEmpty();
  }

  /** Looks for the first {@code seconds.fraction:} that stands alone. */
  private int findTime(String line) {
    for (int dot = line.indexOf('.', 1); dot > 0; dot = line.indexOf('.', dot + 1)) {
      int start = dot;
      while (start > 0 && isDigit(line.charAt(start - 1))) {
        start--;
      }
      int end = dot + 1;
      while (end < line.length() && isDigit(line.charAt(end))) {
        end++;
      }
      boolean alone = start < dot && start > 0 && line.charAt(start - 1) == ' ';
      int digits = end - dot - 1;
      boolean fraction = digits == 6 || digits == 9;
      if (alone && fraction && end < line.length() && line.charAt(end) == ':' && dot - start < 11) {
        long scale = digits == 6 ? 1000 : 1;
        timeNanos =
            Long.parseLong(line, start, dot, 10) * 1_000_000_000
                + Long.parseLong(line, dot + 1, end, 10) * scale;
        restAt = skipBlanks(line, end + 1);
        return start;
      }
    }
    return -1;
  }

  private boolean parseCpu(String line, int open, int close) {
    cpu = number(line, open + 1, close);
    return cpu >= 0 && cpu < CPUS_LIMIT;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  private static int endOfText(String line, int limit) {
    int end = limit;
    while (end > 0 && line.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  /** A decimal number, -1 included, or -2 when there is none. */
  private static int number(String line, int from, int to) {
    if (to - from < 1 || to - from > 10) {
      return -2;
    }
    boolean digits = true;
    for (int i = from; i < to; i++) {
      digits &= isDigit(line.charAt(i)) || (i == from && line.charAt(i) == '-');
    }
    if (!digits || (line.charAt(from) == '-' && to - from == 1)) {
      return -2;
    }
    long value = Long.parseLong(line, from, to, 10);
    return value < -1 || value > Integer.MAX_VALUE ? -2 : (int) value;
  }
}
