package besser.report.html;

import besser.experiment.plan.Plan;
import besser.experiment.verdict.Verdict;
import besser.rig.run.FramePath;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a report shows, read from a finished run.
 *
 * @param profiles the CPU samples by call stack of each variant, its repetitions added up
 * @param framePaths the way of one frame, a variant each
 * @param kernelLogs by repetition, as {@code variant number}
 */
record ReportInput(
    RunRecord run,
    Plan plan,
    Verdict verdict,
    List<RepetitionRecord> repetitions,
    Map<String, CallTree> profiles,
    List<FramePath> framePaths,
    Map<String, List<String>> kernelLogs) {

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
    return new ReportInput(directory.run(), plan, verdict, repetitions, profiles, paths, logs);
  }

  /** The variants of the two arms, baseline first. */
  List<String> arms() {
    return List.of(plan.protocol().baselineVariant(), plan.protocol().patchedVariant());
  }

  /** The repetitions of one variant. */
  List<RepetitionRecord> of(String variant) {
    return repetitions.stream().filter(r -> r.id().variant().equals(variant)).toList();
  }
}
