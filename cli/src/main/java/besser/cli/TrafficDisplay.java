package besser.cli;

import besser.rig.traffic.TrafficWatch;
import java.time.Duration;
import java.util.function.ObjDoubleConsumer;

/**
 * Watches traffic for a command: shows how far it is, and after Ctrl-C keeps the JVM until the
 * command has said what there was.
 */
final class TrafficDisplay implements TrafficWatch, AutoCloseable {
  private static final Duration STOP_TIME = Duration.ofSeconds(20);

  private final ObjDoubleConsumer<Long> show;
  private final Interruption interruption;
  private volatile boolean stopped;

  TrafficDisplay(ObjDoubleConsumer<Long> show) {
    this.show = show;
    this.interruption = new Interruption(STOP_TIME, () -> stopped = true, TrafficDisplay::ended);
  }

  /** Shows on a terminal how much of a known duration is done. */
  static TrafficDisplay redrawing(Terminal terminal, double totalSeconds) {
    return new TrafficDisplay(
        (bytes, seconds) -> {
          if (!terminal.canRedraw()) return;
          String line = "%.0f of %.0f s, %.1f MB ".formatted(seconds, totalSeconds, bytes / 1e6);
          terminal.draw("\r" + line);
        });
  }

  private static void ended(boolean inTime) {
    if (!inTime) System.err.println("besser: the traffic could not be ended in time");
  }

  @Override
  public boolean stopRequested() {
    return stopped;
  }

  @Override
  public void at(double secondsDone, long bytes) {
    show.accept(bytes, secondsDone);
  }

  @Override
  public void close() {
    interruption.close();
  }
}
