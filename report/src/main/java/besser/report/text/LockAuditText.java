package besser.report.text;

import besser.experiment.gate.LockAudit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A lock graph for a terminal, and for Graphviz. */
public final class LockAuditText {
  private static final int INDENT = 4;

  private LockAuditText() {}

  /** One sentence: how much was seen, and whether there is a circle. */
  public static String summary(LockAudit audit) {
    String circles =
        audit.circles().isEmpty() ? "no circle" : "CIRCLES: " + String.join("; ", audit.circles());
    return "%s: %d lock classes in %d orders, %s, in %d simulated runs without faults"
        .formatted(
            audit.variant(), audit.classes().size(), audit.orders().size(), circles, audit.runs());
  }

  /** What a change does to the graph, and what is held around the audited call. */
  public static List<String> changes(LockAudit baseline, LockAudit patched, int width) {
    List<String> lines = new ArrayList<>();
    lines.add("Lock graph (simulated)");
    lines.add("  " + summary(baseline));
    lines.add("  " + summary(patched));
    orders(lines, "new with " + patched.variant(), patched.ordersNotIn(baseline), width);
    orders(lines, "not seen with " + patched.variant(), baseline.ordersNotIn(patched), width);
    for (LockAudit audit : List.of(baseline, patched)) {
      for (LockAudit.Around around : audit.around()) around(lines, audit, around, width);
    }
    return lines;
  }

  /** The whole graph: what is taken while each class is held. */
  public static List<String> orders(LockAudit audit, int width) {
    List<String> lines = new ArrayList<>();
    lines.add("Lock graph (simulated)");
    lines.add("  " + summary(audit));
    orders(lines, "orders", audit.orders(), width);
    for (LockAudit.Around around : audit.around()) around(lines, audit, around, width);
    return lines;
  }

  private static void orders(
      List<String> lines, String title, List<LockAudit.Order> orders, int width) {
    if (orders.isEmpty()) {
      lines.add("  " + title + ": none");
      return;
    }
    lines.add("  " + title + ":");
    Map<String, List<String>> taken = new LinkedHashMap<>();
    for (LockAudit.Order order : orders) {
      taken.computeIfAbsent(order.held(), held -> new ArrayList<>()).add(order.taken());
    }
    taken.forEach((held, names) -> wrapped(lines, held + " -> " + String.join(", ", names), width));
  }

  private static void around(
      List<String> lines, LockAudit audit, LockAudit.Around around, int width) {
    lines.add(
        "  %s: %s called by %s".formatted(audit.variant(), around.function(), around.caller()));
    wrapped(lines, "held around it: " + names(around.held()), width);
    wrapped(lines, "taken in it: " + names(around.taken()), width);
    wrapped(lines, "both: " + names(around.both()), width);
  }

  private static void wrapped(List<String> lines, String text, int width) {
    for (String line : Wrap.lines(text, width - INDENT, "")) lines.add(" ".repeat(INDENT) + line);
  }

  /** Names in a row, or that there are none. */
  public static String names(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /**
   * The patched graph for Graphviz: what is new is red, what only the baseline showed is dashed.
   * Give the same twice for one graph alone.
   */
  public static String dot(LockAudit baseline, LockAudit patched) {
    StringBuilder dot = new StringBuilder("digraph \"lock graph of ");
    dot.append(patched.variant()).append(" (simulated)\" {\n");
    dot.append("  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    dot.append("  edge [fontname=\"sans-serif\", fontsize=9];\n");
    Map<String, LockAudit.LockUse> classes = new LinkedHashMap<>();
    for (LockAudit.LockUse use : patched.classes()) classes.put(use.name(), use);
    for (LockAudit.LockUse use : baseline.classes()) classes.putIfAbsent(use.name(), use);
    TreeSet<String> drawn = new TreeSet<>();
    for (LockAudit audit : List.of(patched, baseline)) {
      for (LockAudit.Order order : audit.orders())
        drawn.addAll(List.of(order.held(), order.taken()));
    }
    for (String name : drawn) {
      LockAudit.LockUse use = classes.get(name);
      String usage = use == null ? "" : String.join("\\n", use.usage());
      dot.append("  \"%s\" [label=\"%s\\n%s\"];\n".formatted(name, name, usage));
    }
    for (LockAudit.Order order : patched.orders()) {
      edge(dot, order, baseline.has(order) ? "" : ", color=red, penwidth=2");
    }
    for (LockAudit.Order order : baseline.ordersNotIn(patched)) {
      edge(dot, order, ", color=gray, style=dashed");
    }
    return dot.append("}\n").toString();
  }

  private static void edge(StringBuilder dot, LockAudit.Order order, String style) {
    dot.append(
        "  \"%s\" -> \"%s\" [label=\"%s\"%s];\n"
            .formatted(order.held(), order.taken(), order.where(), style));
  }
}
