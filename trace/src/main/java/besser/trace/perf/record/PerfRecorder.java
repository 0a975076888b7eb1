package besser.trace.perf.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running {@code perf record}. {@link #start} returns when it samples; {@link #stop} ends it and
 * leaves its file. Closing one that was not stopped ends it too and removes what it wrote.
 *
 * <p>Readiness is exact: perf starts with its counters off and is told to switch them on through
 * its control pipe ({@code perf record --control}, perf 5.9 or later), which it confirms.
 */
public final class PerfRecorder implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
  private static final int SIGNALLED = 128;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  private final PerfRecordOptions options;
  private final Path directory;
  private final Process process;
  private boolean stopped;

  private PerfRecorder(PerfRecordOptions options, Path directory, Process process) {
    this.options = options;
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts perf and waits until it samples.
   *
   * @throws PerfRecordException when perf is missing, refuses, or is not ready within 30 s; nothing
   *     is left behind
   */
  public static PerfRecorder start(PerfRecordOptions options) {
    Path directory = newDirectory();
    try {
      ControlPipe control = ControlPipe.in(directory);
      List<String> command = new ArrayList<>(options.command());
      command.addAll(List.of("-D", "-1", "--control", control.argument()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(messages(directory).toFile())
              .start();
      PerfRecorder recorder = new PerfRecorder(options, directory, process);
      try {
        recorder.enable(control);
        return recorder;
      } catch (RuntimeException e) {
        recorder.close();
        throw e;
      }
    } catch (IOException e) {
      remove(directory);
      throw new PerfRecordException("cannot run perf; install it, it is part of linux-tools", e);
    } catch (PerfRecordException e) {
      remove(directory);
      throw e;
    }
  }

  private void enable(ControlPipe control) {
    CompletableFuture<Boolean> enabled = control.send("enable");
    CompletableFuture<Boolean> ended = process.onExit().thenApply(ignored -> false);
    try {
      Object first =
          CompletableFuture.anyOf(enabled, ended)
              .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (first.equals(false)) {
        throw new PerfRecordException("perf record ended at once: " + messageText());
      }
    } catch (TimeoutException e) {
      throw new PerfRecordException(
          "perf record is not ready after %d s: %s"
              .formatted(START_LIMIT.toSeconds(), messageText()),
          e);
    } catch (ExecutionException e) {
      throw new PerfRecordException("cannot control perf record: " + messageText(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PerfRecordException("interrupted while perf record started", e);
    } finally {
      control.close();
    }
  }

  /** Whether perf still runs; one that ended by itself explains why when it is stopped. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /**
   * Ends the recording by a signal and waits until its file is whole.
   *
   * @return the file
   * @throws PerfRecordException when perf had ended before, does not end within 120 s, or left no
   *     recording
   */
  public Path stop() {
    boolean endedBefore = !process.isAlive() && !endedBySignal();
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PerfRecordException(
            "perf record does not end within %d s".formatted(STOP_LIMIT.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PerfRecordException("interrupted while perf record ended", e);
    }
    if (endedBefore) {
      throw new PerfRecordException("perf record ended before it was stopped: " + messageText());
    }
    if (!Files.isRegularFile(options.output())) {
      throw new PerfRecordException("perf record left no file: " + messageText());
    }
    stopped = true;
    return options.output();
  }

  /** Whether somebody else interrupted it, as a terminal's Ctrl-C does; its file is whole then. */
  private boolean endedBySignal() {
    int status = process.exitValue();
    return status == SIGNALLED + SIGINT || status == SIGNALLED + SIGTERM;
  }

  private String messageText() {
    try {
      return Files.readString(messages(directory)).strip();
    } catch (IOException e) {
      return "it says nothing (" + e.getMessage() + ")";
    }
  }

  private static Path messages(Path directory) {
    return directory.resolve("messages");
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("besser-perf");
    } catch (IOException e) {
      throw new PerfRecordException("cannot make a directory for perf's control pipe", e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      process.onExit().join();
    }
    remove(directory);
    if (!stopped) {
      delete(options.output());
    }
  }

  private static void remove(Path directory) {
    for (String name : List.of("messages", "control", "ack")) {
      delete(directory.resolve(name));
    }
    delete(directory);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new PerfRecordException("cannot remove " + file, e);
    }
  }
}
