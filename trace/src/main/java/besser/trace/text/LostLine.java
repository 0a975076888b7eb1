package besser.trace.text;

import besser.trace.LostEvents;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ftrace prints before the first event behind a gap ({@code print_trace_line}).
 *
 * @param cpu whose buffer overflowed
 * @param count how many were lost, or {@link LostEvents#COUNT_UNKNOWN}
 */
record LostLine(int cpu, long count) {
  private static final Pattern TEXT =
      Pattern.compile("CPU:([0-9]{1,4}) \\[(?:LOST ([0-9]{1,18}) EVENTS|LOST EVENTS)]\\s*");
  private static final Pattern TRACE_CMD_TEXT =
      Pattern.compile("CPU:([0-9]{1,4}) \\[(?:([0-9]{1,18}) )?EVENTS DROPPED]\\s*");

  static Optional<LostLine> parse(String line) {
    if (!line.startsWith("CPU:")) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(line);
    if (!matcher.matches()) {
      matcher = TRACE_CMD_TEXT.matcher(line);
      if (!matcher.matches()) {
        return Optional.empty();
      }
    }
    String count = matcher.group(2);
    return Optional.of(
        new LostLine(
            Integer.parseInt(matcher.group(1)),
            count == null ? LostEvents.COUNT_UNKNOWN : Long.parseLong(count)));
  }
}
