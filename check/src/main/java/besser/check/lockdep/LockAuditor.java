package besser.check.lockdep;

import besser.check.Finding;
import besser.check.FindingKind;
import besser.experiment.gate.LockAudit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings together what {@link LockdepChecker} and {@link HeldAround} saw in many runs. */
public final class LockAuditor {
  private static final Comparator<LockAudit.Order> BY_NAME =
      Comparator.comparing(LockAudit.Order::held).thenComparing(LockAudit.Order::taken);

  private final TreeMap<String, TreeSet<String>> usages = new TreeMap<>();
  private final TreeMap<String, LockAudit.Order> orders = new TreeMap<>();
  private final TreeSet<String> circles = new TreeSet<>();
  private final TreeMap<String, LockAudit.Around> around = new TreeMap<>();
  private int runs;

  /** Adds one run, which has ended. */
  public void add(LockdepChecker lockdep, HeldAround calls) {
    runs++;
    for (Node node : lockdep.graph().nodes()) add(node);
    for (Finding finding : lockdep.findings()) {
      if (finding.kind() == FindingKind.LOCK_CYCLE) circles.add(finding.message());
    }
    for (LockAudit.Around one : calls.around()) around.merge(one.caller(), one, LockAuditor::both);
  }

  private void add(Node node) {
    if (!node.isLock()) return;
    TreeSet<String> usage = usages.computeIfAbsent(node.name, name -> new TreeSet<>());
    for (Usage one : Usage.values()) {
      if (node.usage(one) != null) usage.add(one.lockdepName());
    }
    for (Edge edge : node.after) {
      if (!edge.to().isLock()) continue;
      String where = edge.taken().site("takes").function();
      LockAudit.Order order = new LockAudit.Order(node.name, edge.to().name, where);
      orders.putIfAbsent(node.name + "\n" + edge.to().name, order);
    }
  }

  private static LockAudit.Around both(LockAudit.Around one, LockAudit.Around other) {
    return new LockAudit.Around(
        one.function(),
        one.caller(),
        union(one.held(), other.held()),
        union(one.taken(), other.taken()));
  }

  private static List<String> union(List<String> one, List<String> other) {
    TreeSet<String> all = new TreeSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  /** All of it, of a variant. */
  public LockAudit audit(String variant) {
    List<LockAudit.LockUse> classes = new ArrayList<>();
    usages.forEach((name, usage) -> classes.add(new LockAudit.LockUse(name, List.copyOf(usage))));
    return new LockAudit(
        variant,
        runs,
        classes,
        orders.values().stream().sorted(BY_NAME).toList(),
        List.copyOf(circles),
        List.copyOf(around.values()));
  }
}
