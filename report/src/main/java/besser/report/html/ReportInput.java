package besser.report.html;

import besser.experiment.gate.LockAudit;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.experiment.verdict.Verdict;
import besser.rig.run.FramePath;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a report shows, read from a finished run.
 *
 * @param profiles the CPU samples by call stack of each variant, its repetitions added up
 * @param framePaths the way of one frame, a variant each
 * @param kernelLogs by repetition, as {@code variant number}
 * @param lockAudits the lock graphs of the plan's two variants, where both were taken
 */
record ReportInput(
    RunRecord run,
    Plan plan,
    Verdict verdict,
    List<RepetitionRecord> repetitions,
    Map<String, CallTree> profiles,
    List<FramePath> framePaths,
    Map<String, List<String>> kernelLogs,
    Optional<LockAudits> lockAudits) {

  /** The lock graphs of the two arms. */
  record LockAudits(LockAudit baseline, LockAudit patched) {}

  static ReportInput of(RunDirectory directory, Plan plan, Verdict verdict) {
    List<RepetitionRecord> repetitions = directory.repetitions();
    Map<String, CallTree> profiles = new LinkedHashMap<>();
    Map<String, List<String>> logs = new LinkedHashMap<>();
    List<FramePath> paths = new ArrayList<>();
    for (RepetitionRecord repetition : repetitions) {
      logs.put(repetition.id().toString(), directory.kernelLog(repetition.id()));
      for (var step : repetition.steps()) {
        List<String> folded = directory.folded(repetition.id(), step.step());
        if (folded.isEmpty()) continue;
        profiles.computeIfAbsent(repetition.id().variant(), v -> new CallTree()).addFolded(folded);
      }
    }
    for (String variant : profiles.keySet()) directory.framePath(variant).ifPresent(paths::add);
    return new ReportInput(
        directory.run(),
        plan,
        verdict,
        repetitions,
        profiles,
        paths,
        logs,
        lockAudits(directory, plan.protocol()));
  }

  private static Optional<LockAudits> lockAudits(RunDirectory directory, Protocol protocol) {
    return directory
        .lockAudit(protocol.baselineVariant())
        .flatMap(
            baseline ->
                directory
                    .lockAudit(protocol.patchedVariant())
                    .map(patched -> new LockAudits(baseline, patched)));
  }

  /** The variants that were run, baseline first, then the patched arm, then others. */
  List<String> arms() {
    List<String> variants = new ArrayList<>();
    for (String arm : List.of("baseline", "patched", "other")) {
      for (RunRecord.Slot slot : run.order()) {
        String variant = slot.repetition().variant();
        if (slot.arm().equals(arm) && !variants.contains(variant)) variants.add(variant);
      }
    }
    return variants;
  }

  /** The repetitions of one variant. */
  List<RepetitionRecord> of(String variant) {
    return repetitions.stream().filter(r -> r.id().variant().equals(variant)).toList();
  }
}
