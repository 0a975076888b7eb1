package besser.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.gate.LockAudit;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockAuditTextTest {
  private static final LockAudit.Order KEPT = new LockAudit.Order("a", "b", "f");
  private static final LockAudit.Order FRESH = new LockAudit.Order("b", "c", "g");
  private static final LockAudit.Order GONE = new LockAudit.Order("a", "d", "h");
  private static final LockAudit OLD = audit("old", List.of(), KEPT, GONE);
  private static final LockAudit NEW = audit("new", List.of("a -> b -> a"), KEPT, FRESH);

  private static LockAudit audit(String variant, List<String> circles, LockAudit.Order... orders) {
    return new LockAudit(
        variant,
        3,
        List.of(new LockAudit.LockUse("a", List.of("IN-SOFTIRQ-W"))),
        List.of(orders),
        circles,
        List.of(new LockAudit.Around("f", "g in t", List.of("a", "b"), List.of("b", "c"))));
  }

  @Test
  void graphvizIsToldWhatIsNewAndWhatWasNotSeen() {
    assertEquals(
        """
        digraph "lock graph of new (simulated)" {
          rankdir=LR;
          node [shape=box, fontname="sans-serif"];
          edge [fontname="sans-serif", fontsize=9];
          "a" [label="a\\nIN-SOFTIRQ-W"];
          "b" [label="b\\n"];
          "c" [label="c\\n"];
          "d" [label="d\\n"];
          "a" -> "b" [label="f"];
          "b" -> "c" [label="g", color=red, penwidth=2];
          "a" -> "d" [label="h", color=gray, style=dashed];
        }
        """,
        LockAuditText.dot(OLD, NEW));
  }

  @Test
  void aTerminalIsToldTheSameInWords() {
    List<String> lines = LockAuditText.changes(OLD, NEW, 100);
    assertTrue(lines.contains("    b -> c"), lines.toString());
    assertTrue(lines.contains("    a -> d"), lines.toString());
    assertTrue(lines.contains("    both: b"), lines.toString());
    assertEquals(
        "new: 1 lock classes in 2 orders, CIRCLES: a -> b -> a, in 3 simulated runs without faults",
        LockAuditText.summary(NEW));
  }
}
