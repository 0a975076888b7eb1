package besser.report.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** CPU samples by call stack, outermost function first. */
final class CallTree {
  /** One function called from one place. */
  static final class Node {
    final String function;
    final Map<String, Node> callees = new TreeMap<>();
    long self;
    long total;

    Node(String function) {
      this.function = function;
    }
  }

  private final Node root = new Node("all");

  /** Adds stacks as flame graph tools fold them: functions joined by semicolons, blank, count. */
  void addFolded(List<String> lines) {
    for (String line : lines) {
      int gap = line.lastIndexOf(' ');
      if (gap <= 0) continue;
      long count = Long.parseLong(line.substring(gap + 1));
      Node node = root;
      node.total += count;
      for (String function : line.substring(0, gap).split(";", -1)) {
        node = node.callees.computeIfAbsent(function, Node::new);
        node.total += count;
      }
      node.self += count;
    }
  }

  Node root() {
    return root;
  }

  /** All samples. */
  long samples() {
    return root.total;
  }

  /** Samples that landed in each function itself, whatever called it. */
  Map<String, Long> selfByFunction() {
    Map<String, Long> self = new LinkedHashMap<>();
    addSelf(root, self);
    return self;
  }

  private static void addSelf(Node node, Map<String, Long> self) {
    if (node.self > 0) self.merge(node.function, node.self, Long::sum);
    for (Node callee : node.callees.values()) addSelf(callee, self);
  }
}
