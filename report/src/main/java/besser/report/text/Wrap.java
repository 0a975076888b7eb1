package besser.report.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at blanks. */
public final class Wrap {
  private Wrap() {}

  /** The text in lines of at most {@code width} characters, each after {@code indent}. */
  public static List<String> lines(String text, int width, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.strip().split("\\s+", -1)) {
      boolean first = line.length() == indent.length();
      if (!first && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        first = true;
      }
      if (!first) line.append(' ');
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
