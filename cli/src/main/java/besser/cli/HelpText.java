package besser.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Fits help to the terminal. Descriptions are written in lines that suit the source; here the lines
 * of a paragraph become one, which picocli breaks where the terminal ends.
 */
final class HelpText {
  private static final int WIDEST = 100;

  private HelpText() {}

  /** For a command and all below it. */
  static CommandLine fit(CommandLine command, int columns) {
    int width = Math.clamp(columns, UsageMessageSpec.DEFAULT_USAGE_WIDTH, WIDEST);
    command.setUsageHelpWidth(width);
    fitParagraphs(command);
    return command;
  }

  private static void fitParagraphs(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.description(joined(usage.description()));
    command.getSubcommands().values().forEach(HelpText::fitParagraphs);
  }

  private static String[] joined(String[] lines) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : lines) {
      // Indented lines are tables and examples.
      boolean goesOn = !line.isEmpty() && !line.startsWith(" ");
      if (goesOn) {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
      } else {
        if (!paragraph.isEmpty()) paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
        paragraphs.add(line);
      }
    }
    if (!paragraph.isEmpty()) {
      paragraphs.add(paragraph.toString());
      if (!paragraph.toString().endsWith("%n")) paragraphs.add("");
    }
    return paragraphs.toArray(String[]::new);
  }
}
