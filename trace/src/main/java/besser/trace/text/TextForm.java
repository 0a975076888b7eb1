package besser.trace.text;

import java.util.Optional;

/** Which of the texts that are read here a text is. */
public enum TextForm {
  /** {@code perf script}. */
  PERF_SCRIPT,
  /** {@code trace}, {@code trace_pipe}, {@code trace-cmd report}. */
  FTRACE;

  /**
   * Tells by the first line that only one of them has.
   *
   * @param start the beginning of the text, some dozens of lines
   * @return empty when no line of it is of either
   */
  public static Optional<TextForm> of(String start) {
    LineHead head = new LineHead();
    for (String line : start.lines().toList()) {
      if (line.startsWith("# tracer:") || head.parseFtrace(line)) {
        return Optional.of(FTRACE);
      }
      if (line.startsWith("# captured on") || head.parsePerfScript(line)) {
        return Optional.of(PERF_SCRIPT);
      }
    }
    return Optional.empty();
  }
}
