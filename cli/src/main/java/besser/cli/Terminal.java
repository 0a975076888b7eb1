package besser.cli;

import besser.report.text.Style;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The two streams of a command: results on standard output, everything about the way there on
 * standard error. The launcher says which of them is a terminal and how wide it is.
 */
final class Terminal {
  static final String HIDE_CURSOR = "\u001b[?25l";
  static final String SHOW_CURSOR = "\u001b[?25h";

  private final PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
  private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

  /** Prints lines of a result. */
  void print(Iterable<String> lines) {
    for (String line : lines) out.println(line);
    out.flush();
  }

  /** Prints one line of a result. */
  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Says something that is not the result. */
  void say(String line) {
    err.println(line);
  }

  /** Writes to standard error as it is, for lines that are redrawn. */
  void draw(String text) {
    err.print(text);
    err.flush();
  }

  /** How results are set off. */
  Style outStyle() {
    return isTerminal("1") && System.getenv("NO_COLOR") == null ? Style.COLOUR : Style.PLAIN;
  }

  /** Writes to standard output as it is, for screens that are redrawn. */
  void drawResult(String text) {
    out.print(text);
    out.flush();
  }

  /**
   * Lines in place of those drawn before (ECMA-48: CUU, EL, ED).
   *
   * @param before how many lines were drawn
   */
  static String redrawn(int before, List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (before > 0) text.append("\u001b[").append(before).append('A');
    text.append('\r');
    for (String line : lines) text.append(line).append("\u001b[K\n");
    return text.append("\u001b[J").toString();
  }

  /** Whether standard output can be redrawn. */
  boolean canRedrawResult() {
    return isTerminal("1") && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether standard error can be redrawn. */
  boolean canRedraw() {
    return isTerminal("2") && !"dumb".equals(System.getenv("TERM"));
  }

  /** Columns of the terminal, 100 where there is none. */
  int width() {
    return Integer.getInteger("besser.columns", 100);
  }

  private static boolean isTerminal(String stream) {
    return System.getProperty("besser.terminals", "").contains(stream);
  }
}
