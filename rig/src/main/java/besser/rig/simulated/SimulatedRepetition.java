package besser.rig.simulated;

import besser.bes2600.driver.Variant;
import besser.bes2600.station.LinkDeath;
import besser.bes2600.station.Load;
import besser.bes2600.station.SimulatedStation;
import besser.bes2600.station.StationFailure;
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
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepFigures;
import besser.rig.run.StepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One ramp on one simulated station. */
final class SimulatedRepetition {
  private static final long SECOND_NANOS = 1_000_000_000;

  /** The folder of a repetition that its trace is kept in. */
  private static final String CAPTURE = "capture";

  /** The second of the last step behind which one second of trace is kept. */
  private static final int PATH_SECOND = 3;

  private final RepetitionRequest request;
  private final RunDirectory into;
  private final Progress progress;
  private final Plan plan;
  private final SimulatedStation station;
  private final LiveSimulation live;
  private final double totalSeconds;
  private final Optional<String> traced;

  /**
   * @param traced the name of the device, when all that is measured is to be kept
   */
  SimulatedRepetition(
      StationParameters parameters,
      RepetitionRequest request,
      RunDirectory into,
      Progress progress,
      Optional<String> traced) {
    this.request = request;
    this.traced = traced;
    this.into = into;
    this.progress = progress;
    this.live = new LiveSimulation(into.watchPoint(), request);
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
    try (live) {
      return measured();
    }
  }

  private RepetitionRecord measured() {
    SimulatedCapture capture = new SimulatedCapture(station, plan);
    Optional<StationFailure> failure = boot();
    List<Window> windows = windows();
    Measurement measurement = capture.begin(windows);
    if (traced.isEmpty()) return run(failure, capture, measurement, Optional.empty());
    Path directory = into.repetitionFolder(request.id()).resolve(CAPTURE);
    try (SavedCapture saved = capture.save(directory, traced.get(), measurement)) {
      RepetitionRecord record = run(failure, capture, measurement, Optional.of(saved));
      saved.finish(windows);
      return record;
    }
  }

  private RepetitionRecord run(
      Optional<StationFailure> failure,
      SimulatedCapture capture,
      Measurement measurement,
      Optional<SavedCapture> saved) {
    ByteSink received = measurement.bytes(Source.End.RECEIVER);
    ByteSink bytes = saved.map(kept -> both(received, kept.bytes())).orElse(received);
    List<StepResult> results = new ArrayList<>();
    List<Optional<SimulatedCapture.FoldedProfile>> profiles = new ArrayList<>();
    failure.ifPresent(
        why -> {
          results.add(station.offlineStep(load(plan.protocol().ramp().getFirst()), why));
          profiles.add(Optional.empty());
        });
    double done = 0;
    for (Protocol.Step step : plan.protocol().ramp()) {
      if (station.isOffline()) break;
      capture.profile(step.captures().contains(CaptureKind.PROFILE));
      results.add(runStep(step, done, capture, measurement, bytes));
      Optional<SimulatedCapture.FoldedProfile> profile = capture.takeProfile();
      profile.ifPresent(taken -> into.writeFolded(request.id(), step.id(), taken.stacks()));
      profiles.add(profile);
      done += seconds(step);
    }
    progress.at(request.id(), plan.protocol().ramp().getLast().id(), totalSeconds, totalSeconds);
    for (LogLine line : station.machine().log()) {
      measurement.kernelLog().line(line.timeNanos(), line.message());
    }
    into.writeKernelLog(
        request.id(), station.machine().log().stream().map(LogLine::toString).toList());
    capture.framePath(request.id().variant()).ifPresent(into::writeFramePath);
    return record(results, profiles, measurement.figures());
  }

  private static ByteSink both(ByteSink first, ByteSink second) {
    return (timeNanos, byteCount) -> {
      first.bytes(timeNanos, byteCount);
      second.bytes(timeNanos, byteCount);
    };
  }

  /** A driver that does not come up is an outcome of its variant, like a link that dies. */
  private Optional<StationFailure> boot() {
    try {
      station.boot();
      return Optional.empty();
    } catch (StationFailure e) {
      return Optional.of(e);
    }
  }

  private Load load(Protocol.Step step) {
    return new Load(Math.round(step.offeredBytesPerSecond()), seconds(step));
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
      Protocol.Step step,
      double done,
      SimulatedCapture capture,
      Measurement measurement,
      ByteSink bytes) {
    StepResult result =
        station.runStep(
            load(step),
            second -> {
              capture.second(measurement);
              if (showsPath(step) && second == PATH_SECOND) capture.record();
              if (showsPath(step) && second == PATH_SECOND + 1) capture.stopRecording();
              live.second(() -> shown(step, second, done, capture, measurement));
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

  private LiveSimulation.Shown shown(
      Protocol.Step step,
      int second,
      double before,
      SimulatedCapture capture,
      Measurement measurement) {
    return new LiveSimulation.Shown(
        step,
        new LiveStep.Done(second, seconds(step)),
        new LiveStep.Done(before + second, totalSeconds),
        capture.goodput(),
        measurement.figures().get(plan.protocol().ramp().indexOf(step)),
        capture.topSymbols());
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
      StepFigures of = new StepFigures(plan, step, figures.get(i), result.seconds());
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
