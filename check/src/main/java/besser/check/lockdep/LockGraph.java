package besser.check.lockdep;

import besser.kernel.observe.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classes and the order in which they were taken. */
public final class LockGraph {
  private final Map<Object, Node> nodes = new LinkedHashMap<>();
  private final List<Node> inOrder = new ArrayList<>();
  private final BitSet known = new BitSet();

  Node node(Object key, String name) {
    Node found = nodes.get(key);
    if (found != null) return found;
    Node made = new Node(inOrder.size(), name);
    nodes.put(key, made);
    inOrder.add(made);
    return made;
  }

  List<Node> nodes() {
    return inOrder;
  }

  /** Lockdep's chain cache: a dependency seen before costs nothing. */
  void depend(Held held, Node taken, Context by) {
    int bit = pair(held.node().index, taken.index);
    if (known.get(bit)) return;
    known.set(bit);
    held.node().after.add(new Edge(held.node(), taken, held.place(), Place.of(by)));
  }

  /** Numbers pairs without a bound on either: Cantor's pairing function. */
  private static int pair(int a, int b) {
    return (a + b) * (a + b + 1) / 2 + b;
  }

  /** A shortest way from one class to another; empty when there is none. */
  List<Edge> path(Node from, Node to) {
    @Nullable Edge[] reachedBy = new @Nullable Edge[inOrder.size()];
    ArrayDeque<Node> queue = new ArrayDeque<>();
    queue.add(from);
    while (!queue.isEmpty()) {
      Node node = queue.remove();
      for (Edge edge : node.after) {
        if (!edge.to().isLock() || reachedBy[edge.to().index] != null) continue;
        reachedBy[edge.to().index] = edge;
        if (edge.to() == to) return way(reachedBy, from, to);
        queue.add(edge.to());
      }
    }
    return List.of();
  }

  private static List<Edge> way(@Nullable Edge[] reachedBy, Node from, Node to) {
    ArrayDeque<Edge> way = new ArrayDeque<>();
    Edge edge = reachedBy[to.index];
    while (edge != null) {
      way.addFirst(edge);
      edge = edge.from() == from ? null : reachedBy[edge.from().index];
    }
    return List.copyOf(way);
  }

  /** Every dependency as two names: the one held, and the one taken. */
  public List<String> dependencies() {
    List<String> lines = new ArrayList<>();
    for (Node node : inOrder) {
      for (Edge edge : node.after) lines.add(node.name + " -> " + edge.to().name);
    }
    return lines;
  }
}
