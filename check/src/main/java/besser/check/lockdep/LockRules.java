package besser.check.lockdep;

import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is wrong in a graph of lock classes. */
final class LockRules {
  private final LockGraph graph;
  private final Map<String, Finding> findings = new LinkedHashMap<>();

  LockRules(LockGraph graph) {
    this.graph = graph;
  }

  List<Finding> findings() {
    for (Node node : graph.nodes()) {
      if (!node.isLock()) continue;
      checkUsage(node, Usage.IN_HARDIRQ);
      checkUsage(node, Usage.IN_SOFTIRQ);
      checkCycles(node);
    }
    for (Node node : graph.nodes()) {
      checkInversion(node, Usage.IN_HARDIRQ);
      checkInversion(node, Usage.IN_SOFTIRQ);
    }
    return List.copyOf(findings.values());
  }

  private void add(Finding finding) {
    findings.putIfAbsent(finding.id(), finding);
  }

  private void checkCycles(Node node) {
    for (Edge edge : node.after) {
      if (!edge.to().isLock()) continue;
      List<Edge> back = graph.path(edge.to(), node);
      if (!back.isEmpty()) add(cycle(edge, back));
    }
  }

  private static Finding cycle(Edge first, List<Edge> back) {
    List<Edge> circle = new ArrayList<>();
    circle.add(first);
    circle.addAll(back);
    TreeSet<String> names = new TreeSet<>();
    List<Site> sites = new ArrayList<>();
    for (Edge edge : circle) {
      names.add(edge.from().name);
      sites.add(edge.taken().site("holds " + edge.from().name + ", takes " + edge.to().name));
    }
    return new Finding(
        FindingKind.LOCK_CYCLE,
        "locks are taken in a circle: " + chain(circle),
        sites,
        List.of("two contexts that follow different parts of it at once wait for each other"),
        String.join(", ", names));
  }

  private static String chain(List<Edge> edges) {
    StringBuilder chain = new StringBuilder(edges.getFirst().from().name);
    for (Edge edge : edges) chain.append(" -> ").append(edge.to().name);
    return chain.toString();
  }

  private void checkUsage(Node node, Usage inside) {
    Place taken = node.usage(inside);
    Place open = node.usage(inside.opposite());
    if (taken == null || open == null) return;
    add(
        new Finding(
            FindingKind.IRQ_LOCK,
            "%s is used {%s} and {%s}"
                .formatted(node.name, inside.lockdepName(), inside.opposite().lockdepName()),
            List.of(
                taken.site("takes " + node.name + " in " + level(inside)),
                open.site("holds " + node.name + " with " + level(inside) + "s on")),
            List.of("a " + level(inside) + " on top of the second waits for it on its own cpu"),
            node.name + " " + level(inside)));
  }

  private static String level(Usage inside) {
    return inside == Usage.IN_HARDIRQ ? "hardirq" : "softirq";
  }

  private void checkInversion(Node safe, Usage inside) {
    Place taken = safe.usage(inside);
    if (taken == null || safe.usage(inside.opposite()) != null) return;
    for (Node unsafe : graph.nodes()) {
      Place open = unsafe.usage(inside.opposite());
      if (unsafe == safe || open == null || unsafe.usage(inside) != null) continue;
      List<Edge> path = graph.path(safe, unsafe);
      if (!path.isEmpty()) add(inversion(safe, unsafe, path, inside));
    }
  }

  private static Finding inversion(Node safe, Node unsafe, List<Edge> path, Usage inside) {
    String level = level(inside);
    Edge last = path.getLast();
    List<Site> sites = new ArrayList<>();
    Place taken = safe.usage(inside);
    Place open = unsafe.usage(inside.opposite());
    if (taken != null) sites.add(taken.site("takes " + safe.name + " in " + level));
    if (open != null) sites.add(open.site("holds " + unsafe.name + " with " + level + "s on"));
    sites.add(last.taken().site("holds " + last.from().name + ", takes " + last.to().name));
    return new Finding(
        FindingKind.IRQ_LOCK_ORDER,
        "%s-safe %s depends on %s-unsafe %s: %s"
            .formatted(level, safe.name, level, unsafe.name, chain(path)),
        sites,
        List.of(
            "who holds "
                + unsafe.name
                + " is interrupted by one that waits for "
                + safe.name
                + ", whose holder waits for "
                + unsafe.name),
        level + " " + safe.name + " -> " + unsafe.name);
  }
}
