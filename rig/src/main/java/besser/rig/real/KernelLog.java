package besser.rig.real;

import besser.rig.connection.Connection;
import besser.rig.connection.Running;
import besser.rig.connection.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Follows the device's kernel log, {@code /dev/kmsg}, from where it stands. Its time stamps are of
 * the scheduler's clock, which drifts from the monotonic one over days; a line of ours, written at
 * a known instant, says by how much.
 *
 * <p>A storm is more than {@value #STORM_LINES} lines within a second; of its lines only so many
 * are kept, and the rest is counted.
 */
final class KernelLog implements AutoCloseable {
  static final int STORM_LINES = 100;
  private static final long SECOND_MICROS = 1_000_000;

  /**
   * A line of the log.
   *
   * @param atNanos on the device's monotonic clock
   */
  record Line(long atNanos, String message) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "[%12.6f] %s", atNanos / 1e9, message);
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long CATCH_UP_NANOS = 3_000_000_000L;

  private final Connection shell;
  private final Running reader;
  private final String marker;
  private final long markedNanos;
  private final Thread thread;
  private final List<Line> lines = new ArrayList<>();
  private Optional<Long> offsetNanos = Optional.empty();
  private long secondStartMicros = Long.MIN_VALUE;
  private int linesInSecond;
  private long storms;
  private long left;
  private boolean caughtUp;

  /** Begins to follow, with a line of our own that names the step. */
  KernelLog(Connection shell, DeviceClock clock, String step) {
    long now = clock.now();
    this.shell = shell;
    this.marker = "besser: step " + step + " at " + now;
    this.markedNanos = now;
    String script = "echo " + Shell.word(marker) + " > /dev/kmsg; exec cat /dev/kmsg";
    this.reader = shell.start(Shell.untilInputEnds(script));
    this.thread = Thread.ofPlatform().daemon().name("kernel log").start(this::read);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(reader.output(), StandardCharsets.ISO_8859_1))) {
      for (String line; (line = in.readLine()) != null; ) record(line);
    } catch (IOException e) {
      // The connection broke, which the step notices by itself.
      return;
    }
  }

  /** A record is {@code priority,sequence,microseconds,flags;message}; details are indented. */
  private synchronized void record(String record) {
    int semicolon = record.indexOf(';');
    if (semicolon < 0 || record.startsWith(" ")) return;
    String[] head = record.substring(0, semicolon).split(",", -1);
    if (head.length < 3 || !head[2].matches("\\d+")) return;
    long micros = Long.parseLong(head[2]);
    String message = record.substring(semicolon + 1);
    if (message.equals(marker)) {
      offsetNanos = Optional.of(markedNanos - micros * 1000);
    } else if (message.equals(endMarker())) {
      caughtUp = true;
      notifyAll();
    } else if (offsetNanos.isPresent() && keeps(micros)) {
      lines.add(new Line(micros * 1000 + offsetNanos.get(), message));
    }
  }

  private boolean keeps(long micros) {
    if (secondStartMicros == Long.MIN_VALUE || micros - secondStartMicros >= SECOND_MICROS) {
      secondStartMicros = micros;
      linesInSecond = 0;
    }
    linesInSecond++;
    if (linesInSecond == STORM_LINES + 1) storms++;
    if (linesInSecond > STORM_LINES) left++;
    return linesInSecond <= STORM_LINES;
  }

  private String endMarker() {
    return marker + " ends";
  }

  /**
   * Waits, for three seconds at most, until all has been read that is in the log by now: until a
   * second line of ours comes, which nothing was logged behind.
   */
  void catchUp() {
    String script = "echo " + Shell.word(endMarker()) + " > /dev/kmsg";
    if (!shell.run(script, LIMIT).ok()) return;
    long giveUp = System.nanoTime() + CATCH_UP_NANOS;
    synchronized (this) {
      try {
        while (!caughtUp && thread.isAlive() && System.nanoTime() < giveUp) wait(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What came since the step began. */
  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** What there is to say about storms; empty when there was none. */
  synchronized Optional<String> storm() {
    return storms == 0
        ? Optional.empty()
        : Optional.of(
            "kernel log storm: %d seconds with more than %d lines, %d lines not kept"
                .formatted(storms, STORM_LINES, left));
  }

  /** Whether the device lets its log be followed at all. */
  synchronized boolean works() {
    return offsetNanos.isPresent();
  }

  @Override
  public void close() {
    reader.close();
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
