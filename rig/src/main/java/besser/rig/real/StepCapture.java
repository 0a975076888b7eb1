package besser.rig.real;

import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.metrics.CaptureKind;
import besser.metrics.Window;
import besser.metrics.measure.EnvironmentSink;
import besser.metrics.measure.Instruments;
import besser.metrics.measure.Measurement;
import besser.rig.device.DeviceFault;
import besser.trace.dat.TraceDat;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import besser.trace.record.SpoolTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that is recorded on the device while one step runs. */
final class StepCapture implements AutoCloseable {
  private final Instruments instruments;
  private final Path traceFile;
  private final List<String> notes = new ArrayList<>();
  private final Optional<TraceCapture> trace;
  private final Optional<ProfileCapture> profile;
  private final Optional<Environment> environment;
  private final Optional<KernelLog> kernelLog;

  /**
   * What a step's captures came to.
   *
   * @param measurement everything that was captured in the step's window has gone through it
   * @param lost events that the kernel lost
   */
  record Captured(
      Measurement measurement,
      long lost,
      Optional<ProfileCapture.Folded> profile,
      SortedMap<String, List<Environment.Point>> environment,
      List<KernelLog.Line> kernelLog,
      List<String> notes,
      Optional<String> broken) {
    /** The same with a note more, where there is one. */
    Captured with(Optional<String> note) {
      List<String> all = new ArrayList<>(notes);
      note.ifPresent(all::add);
      return new Captured(measurement, lost, profile, environment, kernelLog, all, broken);
    }
  }

  /** Starts all that the step captures, and returns when it is captured. */
  StepCapture(Target target, DeviceClock clock, Plan plan, Protocol.Step step, Path traceFile) {
    this.traceFile = traceFile;
    this.instruments = LinuxRepetition.instruments(plan);
    boolean profiled = step.captures().contains(CaptureKind.PROFILE);
    this.trace =
        step.captures().contains(CaptureKind.TRACE)
            ? TraceCapture.start(target.machine(), instruments.requirements(), traceFile, notes)
            : Optional.empty();
    this.environment =
        step.captures().contains(CaptureKind.ENVIRONMENT)
            ? Optional.of(
                new Environment(
                    target.shell(),
                    clock,
                    target.networkInterface(),
                    plan.device().files().stream().map(target::filledIn).toList()))
            : Optional.empty();
    this.kernelLog =
        step.captures().contains(CaptureKind.KERNEL_LOG)
            ? Optional.of(new KernelLog(target.shell(), clock, step.id()))
            : Optional.empty();
    this.profile = profiled ? profile(target, plan, traceFile) : Optional.empty();
    environment.ifPresent(Environment::awaitFirst);
    profile.ifPresent(ProfileCapture::awaitSampling);
  }

  private Optional<ProfileCapture> profile(Target target, Plan plan, Path beside) {
    try {
      String kallsyms = target.machine().read("/proc/kallsyms");
      Path file = beside.resolveSibling(beside.getFileName() + ".perf");
      return Optional.of(
          new ProfileCapture(target.shell(), plan.device().profile(), kallsyms, file));
    } catch (IOException e) {
      TraceCapture.rethrowFault(e);
      notes.add("no profile: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The trace so far, where one is taken. */
  Optional<SpoolTail> lookOn() throws RecordingException {
    return trace.isPresent() ? Optional.of(trace.get().lookOn()) : Optional.empty();
  }

  /** The profile so far, where one is taken. */
  Optional<LiveSymbols.GrowingProfile> profileFiles() {
    return profile.map(ProfileCapture::growing);
  }

  /**
   * Stops all and reads what was recorded.
   *
   * @param window the step's time on the device's monotonic clock
   * @param keepTrace whether the trace.dat stays
   */
  Captured stop(Window window, boolean keepTrace) {
    Measurement measurement = instruments.measure(List.of(window));
    environment.ifPresent(Environment::awaitFresh);
    environment.ifPresent(Environment::close);
    kernelLog.ifPresent(KernelLog::catchUp);
    kernelLog.ifPresent(KernelLog::close);
    Optional<ProfileCapture.Folded> folded =
        profile.map(p -> p.stop(window, measurement.samples()));
    profile.flatMap(ProfileCapture::failure).ifPresent(said -> notes.add("no profile: " + said));
    Optional<String> broken = Optional.empty();
    long lost = 0;
    if (trace.isPresent()) {
      try {
        Recorder.Outcome outcome = trace.get().stop();
        lost = outcome.lost();
        readTrace(outcome.file(), measurement);
      } catch (RecordingException | IOException e) {
        TraceCapture.rethrowFault(e);
        broken = Optional.of("the trace could not be kept: " + rootMessage(e));
      } finally {
        if (!keepTrace) delete(traceFile);
      }
    }
    SortedMap<String, List<Environment.Point>> readings =
        environment.map(Environment::series).orElseGet(TreeMap::new);
    if (environment.isPresent()) feed(readings, measurement);
    for (KernelLog.Line line : log()) {
      measurement.kernelLog().line(line.atNanos(), line.message());
    }
    kernelLog.flatMap(KernelLog::storm).ifPresent(notes::add);
    if (kernelLog.isPresent() && !kernelLog.get().works()) {
      notes.add("the kernel log cannot be followed");
    } else if (kernelLog.isPresent()) {
      measurement.kernelLog();
    }
    return new Captured(
        measurement,
        lost,
        folded.filter(taken -> taken.samples() + taken.idleSamples() > 0),
        readings,
        log(),
        List.copyOf(notes),
        broken);
  }

  private List<KernelLog.Line> log() {
    return kernelLog.map(KernelLog::lines).orElse(List.of());
  }

  private static void feed(
      SortedMap<String, List<Environment.Point>> readings, Measurement measurement) {
    EnvironmentSink sink = measurement.environment();
    readings.forEach(
        (series, points) -> points.forEach(p -> sink.value(series, p.atNanos(), p.value())));
  }

  private static void readTrace(Path file, Measurement measurement) throws IOException {
    try (TraceDat recorded = TraceDat.open(file)) {
      measurement.read(recorded.mainBuffer().source());
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) root = root.getCause();
    return String.valueOf(root.getMessage());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is in the run's directory, where whoever looks for space finds it.
      return;
    }
  }

  /** Takes down what still runs, for a step that was given up. */
  @Override
  public void close() {
    RuntimeException first = null;
    List<AutoCloseable> all = new ArrayList<>();
    environment.ifPresent(all::add);
    kernelLog.ifPresent(all::add);
    profile.ifPresent(all::add);
    trace.ifPresent(all::add);
    for (AutoCloseable part : all) {
      try {
        part.close();
      } catch (DeviceFault e) {
        first = first == null ? e : first;
      } catch (Exception e) {
        first = first == null ? new IllegalStateException(e) : first;
      }
    }
    if (first != null) throw first;
  }
}
