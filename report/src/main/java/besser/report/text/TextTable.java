package besser.report.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in aligned columns. Widths count characters, not the colour codes among them. */
public final class TextTable {
  private static final String GAP = "  ";

  /** On which side of its column a cell stands. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> aligns;
  private final List<List<String>> rows = new ArrayList<>();

  /** With one alignment a column. */
  public TextTable(Align... aligns) {
    this.aligns = List.of(aligns);
  }

  /** Adds a row of as many cells as there are columns. */
  public TextTable row(String... cells) {
    if (cells.length != aligns.size()) {
      throw new IllegalArgumentException(
          "a row must have " + aligns.size() + " cells, got " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The table's lines, without trailing blanks. */
  public List<String> lines() {
    int[] widths = new int[aligns.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], width(row.get(i)));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - width(row.get(i)));
        if (i > 0) line.append(GAP);
        line.append(
            switch (aligns.get(i)) {
              case LEFT -> row.get(i) + padding;
              case RIGHT -> padding + row.get(i);
            });
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  static int width(String text) {
    String visible = text.replaceAll("\u001b\\[[0-9;]*m", "");
    return visible.codePointCount(0, visible.length());
  }
}
