package besser.rig.real;

import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.experiment.verdict.Outcome;
import besser.metrics.MetricDefinition;
import besser.metrics.measure.Instruments;
import besser.rig.device.DeviceLost;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import besser.rig.traffic.TrafficWatch;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One ramp on one device. */
final class LinuxRepetition {
  private final Target target;
  private final Arms arms;
  private final RepetitionRequest request;
  private final RunDirectory into;
  private final Progress progress;
  private final boolean keepTrace;
  private final List<StepRecord> done = new ArrayList<>();
  private final List<String> kernelLog = new ArrayList<>();

  LinuxRepetition(
      Target target,
      Arms arms,
      RepetitionRequest request,
      RunDirectory into,
      Progress progress,
      boolean keepTrace) {
    this.target = target;
    this.arms = arms;
    this.request = request;
    this.into = into;
    this.progress = progress;
    this.keepTrace = keepTrace;
  }

  /** What measures a plan's metrics. */
  static Instruments instruments(Plan plan) {
    return Instruments.of(
        plan.metrics().stream()
            .filter(metric -> !metric.overRepetitions())
            .map(metric -> new MetricDefinition(metric.id(), metric.unit(), metric.source()))
            .toList());
  }

  /**
   * Runs it.
   *
   * @throws DeviceLost when the connection broke; {@link #cutOff} then has what was measured before
   */
  RepetitionRecord run(List<String> conditions) {
    List<Protocol.Step> ramp =
        request.plan().protocol().ramp().stream().map(this::shortened).toList();
    double total = ramp.stream().mapToDouble(LinuxRepetition::seconds).sum();
    arms.enter(target, request.id().variant(), progress);
    double before = 0;
    for (Protocol.Step step : ramp) {
      if (progress.stopRequested()) throw new RepetitionStopped();
      LinuxStep.Done left =
          new LinuxStep(
                  target, arms, request, into, step, new LiveStep.Done(before, total), keepTrace)
              .run(watch(step, before, total));
      if (progress.stopRequested()) throw new RepetitionStopped();
      done.add(left.record());
      kernelLog.addAll(left.kernelLog());
      before += seconds(step);
      if (left.record().linkDeath().isPresent()) break;
    }
    progress.at(request.id(), ramp.getLast().id(), total, total);
    try {
      into.writeKernelLog(request.id(), kernelLog);
    } catch (UncheckedIOException e) {
      conditions.add("the kernel log could not be kept: " + e.getMessage());
    }
    return record(conditions);
  }

  private Protocol.Step shortened(Protocol.Step step) {
    // Whole seconds: what a device counts itself comes once a second.
    double scaled = seconds(step) / request.durationDivisor();
    return new Protocol.Step(
        step.id(),
        step.offeredBytesPerSecond(),
        Duration.ofSeconds(Math.max(1, Math.round(scaled))),
        step.captures());
  }

  private static double seconds(Protocol.Step step) {
    return step.duration().toMillis() / 1000.0;
  }

  private TrafficWatch watch(Protocol.Step step, double before, double total) {
    return new TrafficWatch() {
      @Override
      public boolean stopRequested() {
        return progress.stopRequested();
      }

      @Override
      public void at(double secondsDone, long sentBytes) {
        progress.at(request.id(), step.id(), before + secondsDone, total);
      }
    };
  }

  /** What was measured until the connection broke, with the step that it broke in. */
  RepetitionRecord cutOff(DeviceLost why, List<String> conditions) {
    List<Protocol.Step> ramp = request.plan().protocol().ramp();
    if (done.size() < ramp.size()) {
      Protocol.Step step = shortened(ramp.get(done.size()));
      done.add(
          new StepRecord(
              step.id(),
              step.offeredBytesPerSecond(),
              seconds(step),
              List.of(),
              new TreeMap<>(),
              List.of(),
              Optional.empty(),
              List.of(new Outcome.Interrupted(String.valueOf(why.getMessage()))),
              List.of(),
              0,
              0));
    }
    return record(conditions);
  }

  private RepetitionRecord record(List<String> conditions) {
    return new RepetitionRecord(
        request.id(), request.arm(), "none", conditions, "none", List.copyOf(done));
  }
}
