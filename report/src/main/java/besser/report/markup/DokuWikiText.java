package besser.report.markup;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown as plans use it (headings, lists, tables, fenced code, emphasis) in DokuWiki's syntax.
 * Everything else stays letter for letter: what DokuWiki would take for markup or turn into
 * typography is fenced with {@code %%}.
 */
final class DokuWikiText {
  private static final Pattern SPECIAL =
      Pattern.compile(
          "\\*\\*|//|__|''|\\[\\[|\\]\\]|\\{\\{|\\}\\}|\\(\\(|\\)\\)|<->|<-|->|<=>|=>|<=|>>|<<|<"
              + "|---|--|\\.\\.\\.|\\(c\\)|\\(r\\)|\\(tm\\)|\\\\\\\\|~~");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern RULE = Pattern.compile("\\|(\\s*:?-+:?\\s*\\|)+\\s*");
  private static final Pattern NUMBERED = Pattern.compile("(\\s*)\\d+\\. (.*)");
  private static final Pattern BULLET = Pattern.compile("(\\s*)[-*] (.*)");

  private final StringBuilder out = new StringBuilder();
  private boolean inCode;
  private boolean inTable;

  private DokuWikiText() {}

  static String ofMarkdown(String markdown) {
    DokuWikiText text = new DokuWikiText();
    List<String> lines = markdown.stripTrailing().lines().toList();
    for (String line : lines) text.line(line);
    return text.out.toString();
  }

  private void line(String line) {
    if (line.startsWith("```")) {
      out.append(inCode ? "</code>" : "<code " + line.substring(3).strip() + ">").append('\n');
      inCode = !inCode;
    } else if (inCode) {
      out.append(line).append('\n');
    } else if (line.startsWith("|")) {
      row(line);
    } else {
      inTable = false;
      prose(line);
    }
  }

  private void row(String line) {
    if (RULE.matcher(line).matches()) return;
    String mark = inTable ? "|" : "^";
    inTable = true;
    String[] cells = line.strip().substring(1).split("(?<!\\\\)\\|", -1);
    for (int i = 0; i < cells.length - 1; i++) {
      String content = inline(cells[i].strip().replace("\\|", "|"));
      out.append(mark).append(' ').append(content.isEmpty() ? " " : content).append(' ');
    }
    out.append(mark).append('\n');
  }

  private void prose(String line) {
    Matcher numbered = NUMBERED.matcher(line);
    Matcher bullet = BULLET.matcher(line);
    if (line.startsWith("#")) {
      int level = line.indexOf(' ');
      String marks = "=".repeat(Math.max(2, 6 - level));
      out.append(marks).append(' ').append(line.substring(level + 1)).append(' ').append(marks);
    } else if (numbered.matches()) {
      out.append(indent(numbered.group(1))).append("- ").append(inline(numbered.group(2)));
    } else if (bullet.matches()) {
      out.append(indent(bullet.group(1))).append("* ").append(inline(bullet.group(2)));
    } else {
      out.append(inline(line));
    }
    out.append('\n');
  }

  private static String indent(String spaces) {
    return "  ".repeat(1 + spaces.length() / 2);
  }

  static String inline(String text) {
    StringBuilder result = new StringBuilder();
    Matcher code = CODE.matcher(text);
    int from = 0;
    while (code.find()) {
      result.append(fenced(text.substring(from, code.start())));
      result.append("''%%").append(code.group(1)).append("%%''");
      from = code.end();
    }
    return result.append(fenced(text.substring(from))).toString();
  }

  private static String fenced(String text) {
    return SPECIAL
        .matcher(text)
        .replaceAll(match -> "%%" + Matcher.quoteReplacement(match.group()) + "%%");
  }
}
