package besser.rig.simulated;

import besser.bes2600.driver.Variant;
import besser.bes2600.station.LinkDeath;
import besser.bes2600.station.Load;
import besser.bes2600.station.SimulatedStation;
import besser.bes2600.station.StationParameters;
import besser.bes2600.station.StepResult;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.kernel.machine.LogLine;
import besser.metrics.CaptureKind;
import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import besser.metrics.measure.ByteSink;
import besser.metrics.measure.Measurement;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One ramp on one simulated station. */
final class SimulatedRepetition {
  private static final long SECOND_NANOS = 1_000_000_000;

  /** The second of the last step behind which one second of trace is kept. */
  private static final int PATH_SECOND = 3;

  private final RepetitionRequest request;
  private final RunDirectory into;
  private final Progress progress;
  private final Plan plan;
  private final SimulatedStation station;
  private final double totalSeconds;

  SimulatedRepetition(
      StationParameters parameters,
      RepetitionRequest request,
      RunDirectory into,
      Progress progress) {
    this.request = request;
    this.into = into;
    this.progress = progress;
    this.plan = request.plan();
    this.station =
        new SimulatedStation(parameters, Variant.of(request.id().variant()), request.seed());
    this.totalSeconds = plan.protocol().ramp().stream().mapToDouble(this::seconds).sum();
  }

  /** A step's length: whole seconds, at least one. */
  private double seconds(Protocol.Step step) {
    double scaled = step.duration().toMillis() / 1000.0 / request.durationDivisor();
    return Math.max(1, Math.rint(scaled));
  }

  RepetitionRecord run() {
    SimulatedCapture capture = new SimulatedCapture(station, plan);
    capture.attach();
    station.boot();
    Measurement measurement = capture.begin(windows());
    List<StepResult> results = new ArrayList<>();
    List<Optional<SimulatedCapture.FoldedProfile>> profiles = new ArrayList<>();
    double done = 0;
    for (Protocol.Step step : plan.protocol().ramp()) {
      if (station.isOffline()) break;
      capture.profile(step.captures().contains(CaptureKind.PROFILE));
      results.add(runStep(step, done, capture, measurement));
      Optional<SimulatedCapture.FoldedProfile> profile = capture.takeProfile();
      profile.ifPresent(taken -> into.writeFolded(request.id(), step.id(), taken.stacks()));
      profiles.add(profile);
      done += seconds(step);
    }
    for (LogLine line : station.machine().log()) {
      measurement.kernelLog().line(line.timeNanos(), line.message());
    }
    into.writeKernelLog(
        request.id(), station.machine().log().stream().map(LogLine::toString).toList());
    capture.framePath(request.id().variant()).ifPresent(into::writeFramePath);
    return record(results, profiles, measurement.figures());
  }

  private List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    long at = station.machine().nowNanos();
    for (Protocol.Step step : plan.protocol().ramp()) {
      Duration length = Duration.ofNanos(Math.round(seconds(step)) * SECOND_NANOS);
      windows.add(new Window(step.id(), at, length));
      at += length.toNanos();
    }
    return windows;
  }

  private StepResult runStep(
      Protocol.Step step, double done, SimulatedCapture capture, Measurement measurement) {
    ByteSink bytes = measurement.bytes(Source.End.RECEIVER);
    Load load = new Load(Math.round(step.offeredBytesPerSecond()), seconds(step));
    StepResult result =
        station.runStep(
            load,
            second -> {
              capture.second(measurement);
              if (showsPath(step) && second == PATH_SECOND) capture.record();
              if (showsPath(step) && second == PATH_SECOND + 1) capture.stopRecording();
              progress.at(request.id(), step.id(), done + second, totalSeconds);
              return !progress.stopRequested();
            });
    if (progress.stopRequested()) throw new RepetitionStopped();
    long at = result.startNanos();
    for (long count : result.goodputBytesPerSecond()) {
      // Counted in the middle of its second, so that no rounding moves it into a neighbour.
      bytes.bytes(at + SECOND_NANOS / 2, Math.toIntExact(count));
      at += SECOND_NANOS;
    }
    return result;
  }

  /** One path a variant is enough: that of the first repetition, at the highest load. */
  private boolean showsPath(Protocol.Step step) {
    return request.id().number() == 1 && step.equals(plan.protocol().ramp().getLast());
  }

  private RepetitionRecord record(
      List<StepResult> results,
      List<Optional<SimulatedCapture.FoldedProfile>> profiles,
      List<WindowFigures> figures) {
    List<StepRecord> steps = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Protocol.Step step = plan.protocol().ramp().get(i);
      StepResult result = results.get(i);
      StepFigures of = new StepFigures(plan, step, figures.get(i), result);
      steps.add(
          new StepRecord(
              step.id(),
              step.offeredBytesPerSecond(),
              seconds(step),
              of.figures(),
              of.unmeasured(),
              of.series(),
              result.linkDeath().map(d -> death(d, result)),
              List.of(),
              List.of(),
              profiles.get(i).map(SimulatedCapture.FoldedProfile::samples).orElse(0L),
              profiles.get(i).map(SimulatedCapture.FoldedProfile::idleSamples).orElse(0L)));
    }
    return new RepetitionRecord(
        request.id(),
        request.arm(),
        "%016x".formatted(request.seed()),
        station.conditions().describe(),
        "%016x".formatted(station.machine().eventHash()),
        steps);
  }

  private static besser.rig.run.LinkDeath death(LinkDeath death, StepResult step) {
    double seconds = Math.max(0, (death.atNanos() - step.startNanos()) / 1e9);
    return new besser.rig.run.LinkDeath(
        seconds, death.reason(), death.log().stream().map(LogLine::toString).toList());
  }
}
