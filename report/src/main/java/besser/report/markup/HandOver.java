package besser.report.markup;

import besser.experiment.plan.Plan;
import java.util.List;

/**
 * The plan as a DokuWiki page for its second reviewer: goal, situation, measurements and plan,
 * verbatim and complete. What the author was unsure of is on it as the author wrote it.
 */
public final class HandOver {
  private HandOver() {}

  /** The page. */
  public static String dokuWiki(Plan plan) {
    StringBuilder page = new StringBuilder();
    page.append("====== ").append(plan.title()).append(" ======\n\n");
    page.append(
        "Plan %s by %s, %s. %s.%n%n"
            .formatted(
                plan.id(), plan.author(), plan.written(), DokuWikiText.inline(plan.status())));
    for (Plan.Part part : Plan.Part.values()) {
      List<Plan.Section> sections =
          plan.document().stream().filter(section -> section.part() == part).toList();
      if (sections.isEmpty()) continue;
      page.append("===== ").append(title(part)).append(" =====\n\n");
      for (Plan.Section section : sections) {
        page.append("==== ").append(section.heading()).append(" ====\n\n");
        page.append(DokuWikiText.ofMarkdown(section.text())).append('\n');
      }
    }
    return page.toString();
  }

  private static String title(Plan.Part part) {
    return switch (part) {
      case GOAL -> "Goal";
      case SITUATION -> "Situation";
      case MEASUREMENTS -> "Measurements";
      case PLAN -> "Plan";
    };
  }
}
