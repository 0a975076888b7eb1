package besser.report.html;

import static j2html.TagCreator.tag;

import besser.report.text.Figures;
import j2html.tags.ContainerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A flame graph (Gregg, CACM 2016) of one tree, or of a tree against another: then the widths are
 * the second tree's and the colour says how much its share of all samples grew or shrank.
 */
final class FlameGraph {
  private static final double WIDTH = 1100;
  private static final double ROW = 17;
  private static final double LETTER = 6.6;

  /** Narrower frames are left out; the table below the graph still counts them. */
  private static final double NARROWEST = 1.2;

  private record Frame(
      String function, int depth, double x, double width, double share, double other) {}

  private final List<Frame> frames = new ArrayList<>();
  private final double samples;
  private final double samplesOfOther;
  private final boolean otherIsLater;
  private int deepest;

  private FlameGraph(CallTree tree, Optional<CallTree> other, boolean otherIsLater) {
    this.otherIsLater = otherIsLater;
    this.samples = Math.max(1, tree.samples());
    this.samplesOfOther = Math.max(1, other.map(CallTree::samples).orElse(1L));
    place(tree.root(), other.map(CallTree::root), 0, 0);
  }

  /** Of one variant. */
  static ContainerTag<?> of(String name, CallTree tree) {
    return new FlameGraph(tree, Optional.empty(), false)
        .draw("CPU samples by call stack, " + name, false);
  }

  /** Of a variant against another. */
  static ContainerTag<?> difference(String name, CallTree tree, CallTree before) {
    return new FlameGraph(tree, Optional.of(before), false)
        .draw("Change of CPU share by call stack, " + name, true);
  }

  /** The same change, drawn on the stacks of before: shows what is gone. */
  static ContainerTag<?> differenceOnBefore(String name, CallTree before, CallTree after) {
    return new FlameGraph(before, Optional.of(after), true)
        .draw("Change of CPU share by call stack, " + name, true);
  }

  private void place(CallTree.Node node, Optional<CallTree.Node> other, int depth, double x) {
    double width = node.total / samples * WIDTH;
    if (width < NARROWEST) return;
    double share = node.total / samples;
    double shareOfOther = other.map(b -> b.total / samplesOfOther).orElse(0.0);
    frames.add(new Frame(node.function, depth, x, width, share, shareOfOther));
    deepest = Math.max(deepest, depth);
    double at = x;
    for (CallTree.Node callee : node.callees.values()) {
      Map<String, CallTree.Node> others =
          other.map(b -> b.callees).orElseGet(TreeMap<String, CallTree.Node>::new);
      place(callee, Optional.ofNullable(others.get(callee.function)), depth + 1, at);
      at += callee.total / samples * WIDTH;
    }
  }

  private ContainerTag<?> draw(String label, boolean difference) {
    double height = (deepest + 1) * ROW + 2;
    ContainerTag<?> svg = Svg.svg(WIDTH, height, label);
    for (Frame frame : frames) {
      double y = height - (frame.depth + 1) * ROW;
      String style = difference ? changeStyle(frame) : "flame " + shade(frame.function);
      ContainerTag<?> group = tag("g");
      group.with(
          Svg.rect(frame.x, y, frame.width - 0.4, ROW - 1, style)
              .with(Svg.title(tell(frame, difference))));
      int room = (int) ((frame.width - 6) / LETTER);
      if (room >= 3) {
        String text =
            frame.function.length() <= room
                ? frame.function
                : frame.function.substring(0, room - 1) + "…";
        group.with(Svg.text(frame.x + 3, y + 12, "flame-text", text));
      }
      svg.with(group);
    }
    return svg;
  }

  private String tell(Frame frame, boolean difference) {
    String share = Figures.of(frame.share * 100, "%");
    if (!difference) return frame.function + ": " + share + " of samples";
    String other = Figures.of(frame.other * 100, "%");
    return "%s: %s of samples before, %s after"
        .formatted(frame.function, otherIsLater ? share : other, otherIsLater ? other : share);
  }

  private String changeStyle(Frame frame) {
    double more = frame.share - frame.other;
    double change = otherIsLater ? -more : more;
    if (Math.abs(change) < 0.001) return "flame same";
    String direction = change > 0 ? "grew" : "shrank";
    int strength = Math.abs(change) > 0.05 ? 3 : Math.abs(change) > 0.01 ? 2 : 1;
    return "flame " + direction + strength;
  }

  /** Neighbours differ a little; a function has its shade everywhere. */
  private static String shade(String function) {
    return "shade" + Math.floorMod(function.hashCode(), 5);
  }
}
