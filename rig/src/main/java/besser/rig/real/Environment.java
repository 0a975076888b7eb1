package besser.rig.real;

import besser.rig.connection.Connection;
import besser.rig.connection.Running;
import besser.rig.connection.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the device's environment once a second while a step runs: processor time, frequency and
 * temperature, interrupts, softirqs, the interface's counters, the link's signal, and the files
 * that the plan names. One grep a second does it; files that are not there are left out.
 */
final class Environment implements AutoCloseable {
  private static final List<String> FILES =
      List.of(
          "/proc/stat",
          "/proc/softirqs",
          "/proc/schedstat",
          "/proc/net/dev",
          "/proc/net/softnet_stat",
          "/proc/net/wireless",
          "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_cur_freq",
          "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_max_freq",
          "/sys/devices/system/cpu/cpu[0-9]*/thermal_throttle/core_throttle_count",
          "/sys/class/thermal/thermal_zone[0-9]*/temp",
          "/sys/class/thermal/cooling_device[0-9]*/cur_state");
  private static final String MARK = "@";
  private static final String END = "@end";
  private static final long FRESH_NANOS = 3_000_000_000L;

  private final DeviceClock clock;
  private final Running reader;
  private final EnvironmentText text;
  private final Thread thread;
  private final Map<String, List<Point>> points = new LinkedHashMap<>();
  private long lastNanos = Long.MIN_VALUE;

  /** A value at an instant of the device's monotonic clock. */
  record Point(long atNanos, double value) {}

  /** Begins to read. */
  Environment(
      Connection shell, DeviceClock clock, String networkInterface, List<String> planFiles) {
    this.clock = clock;
    this.text = new EnvironmentText(networkInterface, planFiles);
    this.reader = shell.start(script(planFiles));
    this.thread = Thread.ofPlatform().daemon().name("environment").start(this::read);
  }

  /** The pause does not hold the output open, or its end would be known a second late. */
  private static String script(List<String> planFiles) {
    List<String> files = new ArrayList<>(FILES);
    planFiles.forEach(file -> files.add(Shell.word(file)));
    return Shell.untilInputEnds(
        """
        set --
        for f in %s; do [ -r "$f" ] && set -- "$@" "$f"; done
        while read -r u i < /proc/uptime; do
          echo "%s $u"
          grep -H '' "$@" 2>/dev/null
          echo "%s"
          sleep 1 >/dev/null 2>&1
        done"""
            .formatted(String.join(" ", files), MARK, END));
  }

  private void read() {
    long at = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(reader.output(), StandardCharsets.ISO_8859_1), 1 << 16)) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (line.equals(END)) {
          emit(at);
        } else if (line.startsWith(MARK + " ")) {
          at = clock.ofUptime(Double.parseDouble(line.substring(2)));
        } else {
          text.line(line);
        }
      }
    } catch (IOException e) {
      // The connection broke, which the step notices by itself.
      return;
    }
  }

  /** Waits, for three seconds at most, for the first reading; whether it came. */
  boolean awaitFirst() {
    return awaitAfter(Long.MIN_VALUE);
  }

  /** Waits, for three seconds at most, for a reading that was begun after now; whether it came. */
  boolean awaitFresh() {
    // A reading's instant may be shown late by the clock's error and /proc/uptime's resolution.
    return awaitAfter(clock.now() + clock.uncertaintyNanos() + DeviceClock.UPTIME_NANOS);
  }

  private synchronized boolean awaitAfter(long after) {
    long giveUp = System.nanoTime() + FRESH_NANOS;
    try {
      while (lastNanos <= after && System.nanoTime() < giveUp && thread.isAlive()) wait(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lastNanos > after;
  }

  private synchronized void emit(long at) {
    lastNanos = at;
    notifyAll();
    text.values()
        .forEach(
            (series, value) -> {
              points
                  .computeIfAbsent(series, ignored -> new ArrayList<>())
                  .add(new Point(at, value));
            });
  }

  /** All that was read, by series. */
  synchronized SortedMap<String, List<Point>> series() {
    SortedMap<String, List<Point>> copy = new TreeMap<>();
    points.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy;
  }

  /** Stops reading; {@link #series} has everything afterwards. */
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
