package besser.trace.dat;

import besser.trace.Issue;
import besser.trace.IssueCounts;

/**
 * What a kernel's {@code per_cpu/cpuN/stats} says of one CPU's ring buffer when recording ended.
 *
 * @param cpu the CPU, {@code >= 0}
 * @param entries events still unread
 * @param overrun events overwritten before they were read
 * @param commitOverrun events lost because a writer was interrupted a whole buffer long
 * @param dropped events not written because the buffer was full
 * @param read events read
 */
public record CpuStats(
    int cpu, long entries, long overrun, long commitOverrun, long dropped, long read) {
  public CpuStats {
    if (cpu < 0) {
      throw new IllegalArgumentException("cpu must be >= 0, got " + cpu);
    }
  }

  /** Events that were recorded by the kernel but are in no page that could be read. */
  public long lost() {
    return overrun + commitOverrun + dropped;
  }

  /**
   * Parses the file's text.
   *
   * @param place where the text comes from; lines that are not understood are counted
   */
  public static CpuStats parse(int cpu, String text, String place, IssueCounts issues) {
    long entries = 0;
    long overrun = 0;
    long commitOverrun = 0;
    long dropped = 0;
    long read = 0;
    int at = 0;
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      try {
        switch (key) {
          case "entries" -> entries = Long.parseLong(value);
          case "overrun" -> overrun = Long.parseLong(value);
          case "commit overrun" -> commitOverrun = Long.parseLong(value);
          case "dropped events" -> dropped = Long.parseLong(value);
          case "read events" -> read = Long.parseLong(value);
          default -> {}
        }
      } catch (NumberFormatException e) {
        issues.add(Issue.UNPARSED_LINE, place, at);
      }
      at += line.length() + 1;
    }
    return new CpuStats(cpu, entries, overrun, commitOverrun, dropped, read);
  }
}
