package besser.trace.dat;

/** Texts of {@code printk_formats}: in quotes, with line feeds written as escapes. */
final class PrintkText {
  private PrintkText() {}

  /** What libtraceevent keeps of such a text: no quotes, and no line feed at the end. */
  static String unquoted(String text) {
    String inside = text.startsWith("\"") ? text.substring(1) : text;
    if (inside.endsWith("\"")) {
      inside = inside.substring(0, inside.length() - 1);
    }
    return inside.endsWith("\\n") ? inside.substring(0, inside.length() - 2) : inside;
  }
}
