package besser.check.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run as lanes, one for each context, in the order of what happened: a bar where a context is, a
 * dot where it does something.
 */
public final class LaneDiagram {
  private static final String HERE = "●";
  private static final String ALIVE = "│";

  private LaneDiagram() {}

  /**
   * Draws the last events of a run.
   *
   * @param events of the run
   * @param limit how many are drawn at most, at least 1
   * @return lines without line breaks
   */
  public static List<String> draw(List<LaneEvent> events, int limit) {
    int from = Math.max(0, events.size() - limit);
    List<LaneEvent> shown = events.subList(from, events.size());
    Map<String, Integer> lanes = new LinkedHashMap<>();
    for (LaneEvent event : shown) lanes.putIfAbsent(event.lane(), lanes.size());
    List<String> lines = new ArrayList<>();
    if (from > 0) lines.add("(" + from + " events before these are left out)");
    int width = lanes.keySet().stream().mapToInt(String::length).max().orElse(0);
    String before = "";
    int number = from;
    for (LaneEvent event : shown) {
      String marks = marks(lanes, event.lane());
      boolean same = event.lane().equals(before);
      String who = same ? "" : event.lane();
      String cpu = event.cpu() < 0 ? "    " : "cpu" + event.cpu();
      lines.add(
          ("%6d %s %s %-" + Math.max(1, width) + "s  %s%s")
              .formatted(number++, cpu, marks, who, event.what(), in(event))
              .stripTrailing());
      before = event.lane();
    }
    return lines;
  }

  private static String in(LaneEvent event) {
    return event.function().isEmpty() ? "" : "   [" + event.function() + "]";
  }

  private static String marks(Map<String, Integer> lanes, String active) {
    StringBuilder marks = new StringBuilder();
    for (String lane : lanes.keySet()) {
      if (!marks.isEmpty()) marks.append(' ');
      marks.append(lane.equals(active) ? HERE : ALIVE);
    }
    return marks.toString();
  }
}
