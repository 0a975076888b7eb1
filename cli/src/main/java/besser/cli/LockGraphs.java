package besser.cli;

import besser.bes2600.driver.Variant;
import besser.check.driver.LockGraphAudit;
import besser.check.driver.RiskCheck;
import besser.experiment.gate.LockAudit;
import besser.experiment.plan.Plan;
import besser.report.text.LockAuditText;
import besser.rig.run.RunDirectory;
import besser.rig.run.WholeFile;
import java.nio.file.Path;
import java.util.List;

/** The lock graphs of two variants, for whoever wants to see them. */
record LockGraphs(LockAudit baseline, LockAudit patched) {
  /** Of a plan's two arms. */
  static LockGraphs of(Plan plan) {
    return of(plan.protocol().baselineVariant(), plan.protocol().patchedVariant());
  }

  /** Of a variant against a baseline; both may be the same. */
  static LockGraphs of(String baseline, String patched) {
    LockAudit first = LockGraphAudit.of(Variant.of(baseline));
    boolean same = baseline.equals(patched);
    return new LockGraphs(first, same ? first : LockGraphAudit.of(Variant.of(patched)));
  }

  /** Whether a plan has a risk that wants to see them. */
  static boolean areAskedBy(Plan plan) {
    return plan.risks().stream()
        .flatMap(risk -> risk.check().stream())
        .anyMatch(RiskCheck.LOCK_GRAPH.id()::equals);
  }

  void writeTo(RunDirectory directory) {
    directory.writeLockAudit(baseline);
    directory.writeLockAudit(patched);
  }

  void writeDot(Path file) {
    WholeFile.write(file, LockAuditText.dot(baseline, patched));
  }

  List<String> lines(int width) {
    return baseline.variant().equals(patched.variant())
        ? LockAuditText.orders(patched, width)
        : LockAuditText.changes(baseline, patched, width);
  }
}
