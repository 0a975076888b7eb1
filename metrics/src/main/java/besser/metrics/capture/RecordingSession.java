package besser.metrics.capture;

import besser.metrics.Window;
import besser.trace.dat.WriteOptions;
import besser.trace.perf.record.PerfRecordOptions;
import besser.trace.perf.record.PerfRecorder;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import besser.trace.record.RecordingPlan;
import besser.trace.record.Tracefs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Records a capture's directory on this machine: trace and profile beside each other, on the
 * monotonic clock, with the symbols that name their addresses and the window in which both ran.
 */
public final class RecordingSession implements AutoCloseable {
  private final Path directory;
  private final Tracefs tracefs;
  private final Optional<Recorder> recorder;
  private final Optional<PerfRecorder> perf;
  private final boolean monotonic;
  private final long startNanos;
  private final WriteOptions options;

  /**
   * What was recorded.
   *
   * @param trace what the recorder says; empty when no events were recorded
   * @param length how long
   */
  public record Outcome(Optional<Recorder.Outcome> trace, Duration length) {}

  private RecordingSession(
      Path directory,
      Tracefs tracefs,
      Optional<Recorder> recorder,
      Optional<PerfRecorder> perf,
      boolean monotonic,
      WriteOptions options) {
    this.directory = directory;
    this.tracefs = tracefs;
    this.recorder = recorder;
    this.perf = perf;
    this.monotonic = monotonic;
    this.options = options;
    this.startNanos = System.nanoTime();
  }

  /**
   * Starts recording.
   *
   * @param plan the events; none for a profile alone
   * @param options how the trace.dat is written; pages are compressed as they come
   * @param profile what perf is to record, into the directory's {@link CaptureFiles#PERF}
   * @throws RecordingException when something named does not exist or tracefs refuses; nothing is
   *     left behind
   * @throws besser.trace.perf.record.PerfRecordException when perf is missing or refuses
   */
  public static RecordingSession start(
      Path directory,
      Optional<RecordingPlan> plan,
      WriteOptions options,
      Optional<PerfRecordOptions> profile)
      throws RecordingException, IOException {
    Tracefs tracefs = Tracefs.mounted();
    Optional<Recorder> recorder = Optional.empty();
    Optional<PerfRecorder> perf = Optional.empty();
    try {
      if (plan.isPresent()) {
        recorder = Optional.of(Recorder.prepare(tracefs, plan.get()));
      }
      Files.createDirectories(directory);
      // perf takes a second to start: first, so that both run in the window
      if (profile.isPresent()) {
        perf = Optional.of(PerfRecorder.start(profile.get()));
      }
      if (recorder.isPresent()) {
        recorder.get().leaveShutdownToCaller();
        recorder.get().startToDisk(directory.resolve(CaptureFiles.TRACE), options.compression());
      }
      boolean monotonic =
          plan.map(events -> events.clock().equals(RecordingPlan.MONOTONIC)).orElse(true);
      return new RecordingSession(directory, tracefs, recorder, perf, monotonic, options);
    } catch (RecordingException | IOException | RuntimeException e) {
      closeBoth(recorder, perf);
      throw e;
    }
  }

  /** How far it is; nothing for a profile alone. */
  public Recorder.Progress progress() throws RecordingException {
    return recorder.isPresent() ? recorder.get().progress() : new Recorder.Progress(0, 0);
  }

  /** Ends the recording and writes all files. */
  public Outcome stop() throws RecordingException, IOException {
    long endNanos = System.nanoTime();
    Duration length = Duration.ofNanos(Math.max(1, endNanos - startNanos));
    Optional<Recorder.Outcome> trace = Optional.empty();
    if (recorder.isPresent()) {
      trace = Optional.of(recorder.get().stop(options));
    }
    if (perf.isPresent()) {
      perf.get().stop();
      perf.get().close();
      Files.writeString(directory.resolve(CaptureFiles.KALLSYMS), tracefs.kallsyms());
    }
    if (monotonic) {
      Window window = new Window(Analysis.WHOLE, startNanos, length);
      CaptureWriter.writeWindows(directory, List.of(window));
    }
    return new Outcome(trace, length);
  }

  private static void closeBoth(Optional<Recorder> recorder, Optional<PerfRecorder> perf)
      throws RecordingException {
    perf.ifPresent(PerfRecorder::close);
    if (recorder.isPresent()) {
      recorder.get().close();
    }
  }

  /** Removes from the kernel what the recording made; of files, those that are not whole. */
  @Override
  public void close() throws RecordingException {
    closeBoth(recorder, perf);
  }
}
