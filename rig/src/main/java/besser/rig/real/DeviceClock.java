package besser.rig.real;

import besser.rig.connection.Connection;
import besser.rig.connection.Running;
import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The device's monotonic clock against this machine's {@link System#nanoTime}. Asked over a shell
 * that stays, several times; the quickest answer counts, as in NTP: the truth is at most half its
 * round trip away.
 *
 * @param aheadNanos device less this machine
 * @param uncertaintyNanos at most so far off
 * @param bootAheadNanos the device's CLOCK_BOOTTIME, which /proc/uptime shows, less its monotonic
 *     clock: the time it was suspended
 */
record DeviceClock(long aheadNanos, long uncertaintyNanos, long bootAheadNanos) {
  /** The resolution of /proc/uptime. */
  static final long UPTIME_NANOS = 10_000_000;

  private static final int QUESTIONS = 9;

  /**
   * /proc/timer_list has the monotonic clock in nanoseconds; without it /proc/uptime has that of a
   * device that was never suspended, to 10 ms.
   */
  private static final String SCRIPT =
      """
      while read -r x; do
        n=
        if [ -r /proc/timer_list ]; then
          while read -r a b c d; do
            [ "$a $b" = "now at" ] && { n=$c; break; }
          done < /proc/timer_list
        fi
        read -r u i < /proc/uptime
        echo "${n:-none} $u"
      done""";

  /** The same for a device that is this very machine, whose clock is ours. */
  DeviceClock withoutOffset() {
    return new DeviceClock(0, 0, bootAheadNanos);
  }

  /** Asks a device. */
  static DeviceClock of(Connection connection) {
    try (Running shell = connection.start(SCRIPT)) {
      BufferedReader answers =
          new BufferedReader(new InputStreamReader(shell.output(), StandardCharsets.US_ASCII));
      DeviceClock best = new DeviceClock(0, Long.MAX_VALUE, 0);
      for (int i = 0; i < QUESTIONS; i++) {
        DeviceClock asked = ask(connection, shell, answers);
        if (asked.uncertaintyNanos < best.uncertaintyNanos) best = asked;
      }
      return best;
    }
  }

  private static DeviceClock ask(Connection connection, Running shell, BufferedReader answers) {
    long before = System.nanoTime();
    String answer = "";
    try {
      shell.input().write('\n');
      shell.input().flush();
      String line = answers.readLine();
      answer = line == null ? "" : line;
    } catch (IOException e) {
      throw new DeviceLost(connection.name() + ": the clock cannot be read", e);
    }
    long after = System.nanoTime();
    if (answer.isEmpty()) {
      throw new DeviceLost(connection.name() + ": the clock cannot be read: " + shell.errors());
    }
    return parse(answer, before, after);
  }

  private static DeviceClock parse(String answer, long before, long after) {
    String[] words = answer.strip().split(" ", -1);
    try {
      long boot = Math.round(Double.parseDouble(words[1]) * 1e9);
      long monotonic = words[0].equals("none") ? boot : Long.parseLong(words[0]);
      long resolution = words[0].equals("none") ? UPTIME_NANOS : 0;
      return new DeviceClock(
          monotonic - (before + (after - before) / 2),
          (after - before) / 2 + resolution,
          boot - monotonic);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new DeviceUnable("the device's clock is no clock: '" + answer + "'", e);
    }
  }

  /** An instant of {@link System#nanoTime} on the device's monotonic clock. */
  long onDevice(long hereNanos) {
    return hereNanos + aheadNanos;
  }

  /** The present moment on the device's monotonic clock. */
  long now() {
    return onDevice(System.nanoTime());
  }

  /** A reading of /proc/uptime on the device's monotonic clock. */
  long ofUptime(double seconds) {
    return Math.round(seconds * 1e9) - bootAheadNanos;
  }
}
