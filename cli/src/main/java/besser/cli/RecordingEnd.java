package besser.cli;

import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a recording's end: a time, a command, or a signal; shows how far it is meanwhile. */
final class RecordingEnd implements AutoCloseable {
  private static final long SHOW_MILLIS = 1000;
  private static final Duration WRITE_TIME = Duration.ofMinutes(2);

  private final Optional<Duration> limit;
  private final List<String> command;
  private final Terminal terminal;
  private final CountDownLatch signal = new CountDownLatch(1);
  private Optional<Interruption> interruption = Optional.empty();

  /** Says how far a recording is. */
  @FunctionalInterface
  interface Watch {
    Recorder.Progress progress() throws RecordingException;
  }

  RecordingEnd(Optional<Duration> limit, List<String> command, Terminal terminal) {
    this.limit = limit;
    this.command = List.copyOf(command);
    this.terminal = terminal;
  }

  /**
   * Waits; false when a signal came first. After a signal the JVM is kept until {@link #close}, two
   * minutes at most.
   *
   * @param abandon undoes what is in the kernel when the files were not written by then
   */
  boolean await(Watch watch, Runnable abandon) throws RecordingException, IOException {
    interruption =
        Optional.of(
            new Interruption(
                WRITE_TIME,
                signal::countDown,
                inTime -> {
                  if (!inTime) abandon.run();
                }));
    Optional<Process> load = start();
    if (load.isEmpty() && limit.isEmpty()) {
      terminal.say("recording until Ctrl-C");
    }
    long startNanos = System.nanoTime();
    try {
      while (signal.getCount() > 0) {
        long left = limit.orElse(Duration.ofDays(365)).toNanos() - (System.nanoTime() - startNanos);
        if (left <= 0 || (load.isPresent() && !load.get().isAlive())) {
          break;
        }
        pause(load, Math.min(left, TimeUnit.MILLISECONDS.toNanos(SHOW_MILLIS)));
        show(watch, startNanos);
      }
    } finally {
      clear();
      load.ifPresent(this::end);
    }
    return signal.getCount() > 0;
  }

  private Optional<Process> start() throws IOException {
    if (command.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ProcessBuilder(command).inheritIO().start());
    } catch (IOException e) {
      throw new BadInput("the command cannot be run: " + e.getMessage());
    }
  }

  private void pause(Optional<Process> load, long nanos) {
    try {
      if (load.isPresent()) {
        boolean ended = load.get().waitFor(nanos, TimeUnit.NANOSECONDS);
        if (ended) return;
      } else {
        boolean signalled = signal.await(nanos, TimeUnit.NANOSECONDS);
        if (signalled) return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      signal.countDown();
    }
  }

  private void end(Process load) {
    if (load.isAlive()) {
      load.destroy();
    } else if (load.exitValue() != 0) {
      terminal.say("the command ended with status " + load.exitValue());
    }
  }

  private void show(Watch watch, long startNanos) throws RecordingException {
    if (!terminal.canRedraw() || signal.getCount() == 0) {
      return;
    }
    Recorder.Progress now = watch.progress();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    String lost = now.lost() > 0 ? ", LOST %,d events".formatted(now.lost()) : "";
    String line =
        String.format(
            Locale.ROOT,
            "\r%.0f s, %,d KiB, %,.0f KiB/s%s ",
            seconds,
            now.bytes() >> 10,
            (now.bytes() >> 10) / seconds,
            lost);
    terminal.draw(line);
  }

  private void clear() {
    if (terminal.canRedraw()) {
      terminal.draw("\r" + " ".repeat(60) + "\r");
    }
  }

  /** The files are there; a signal may end the JVM now. */
  @Override
  public void close() {
    interruption.ifPresent(Interruption::close);
  }
}
