package besser.check.replay;

import besser.check.Finding;
import besser.check.Site;
import java.util.ArrayList;
import java.util.List;

/** A finding as lines of text, in the shape of the kernel's own reports. */
public final class FindingText {
  private static final String RULE = "=".repeat(66);

  private FindingText() {}

  /** Its kind and message, then each place with its call stack, then notes. */
  public static List<String> lines(Finding finding) {
    List<String> lines = new ArrayList<>();
    lines.add(RULE);
    lines.add("BUG: " + finding.kind().title() + ": " + finding.message());
    for (Site site : finding.sites()) {
      lines.add("");
      lines.add(site.what() + " by " + site.context() + ":");
      for (String function : site.stack()) lines.add(" " + function);
    }
    if (!finding.notes().isEmpty()) lines.add("");
    for (String note : finding.notes()) lines.add("note: " + note);
    lines.add(RULE);
    return List.copyOf(lines);
  }
}
