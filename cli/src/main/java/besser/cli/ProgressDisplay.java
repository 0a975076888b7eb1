package besser.cli;

import besser.rig.device.Progress;
import besser.rig.run.RepetitionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How far a run is: one line redrawn on a terminal, a line every tenth of the way elsewhere. Also
 * where an operator's wish to stop is kept.
 */
final class ProgressDisplay implements Progress, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int PLAIN_STEPS = 10;
  private static final Duration STOP_TIME = Duration.ofSeconds(10);

  private record State(String step, double done, double total) {}

  private final Terminal terminal;
  private final int repetitionsToRun;
  private final long startedNanos = System.nanoTime();
  private final Map<RepetitionId, State> states = new LinkedHashMap<>();
  private long drawnNanos = startedNanos;
  private int tenthsSaid;
  private int drawnWidth;
  private volatile boolean stop;

  ProgressDisplay(Terminal terminal, int repetitionsToRun) {
    this.terminal = terminal;
    this.repetitionsToRun = repetitionsToRun;
  }

  @Override
  public synchronized void at(
      RepetitionId repetition, String step, double secondsDone, double secondsTotal) {
    states.put(repetition, new State(step, secondsDone, secondsTotal));
    double share = share();
    if (terminal.canRedraw()) {
      long now = System.nanoTime();
      if (now - drawnNanos >= REDRAW_NANOS) {
        drawnNanos = now;
        redraw(line(share));
      }
    } else if ((int) (share * PLAIN_STEPS) > tenthsSaid) {
      tenthsSaid = (int) (share * PLAIN_STEPS);
      terminal.say(line(share));
    }
  }

  @Override
  public boolean stopRequested() {
    return stop;
  }

  /** From now on a signal asks the repetitions to stop, and waits for them. */
  Interruption stoppedBySignal(Consumer<Boolean> then) {
    return new Interruption(STOP_TIME, () -> stop = true, then);
  }

  /** Takes the line off the terminal. */
  synchronized void clear() {
    if (drawnWidth > 0) redraw("");
  }

  @Override
  public void close() {
    clear();
  }

  private double share() {
    double done = 0;
    for (State state : states.values()) done += state.done / state.total;
    return repetitionsToRun == 0 ? 1 : done / repetitionsToRun;
  }

  private String line(double share) {
    String running =
        states.entrySet().stream()
            .filter(e -> e.getValue().done < e.getValue().total)
            .map(e -> "%s %s %s".formatted(e.getKey(), e.getValue().step, minutes(e.getValue())))
            .collect(Collectors.joining(" | "));
    double elapsed = (System.nanoTime() - startedNanos) / 1e9;
    // The first few per cent say too little about the rest.
    String left = share < 0.02 ? "" : ", " + duration(elapsed / share - elapsed) + " left";
    return String.format(
        Locale.ROOT, "%3.0f %%%s%s", share * 100, left, running.isEmpty() ? "" : "  " + running);
  }

  private static String minutes(State state) {
    return duration(state.done) + "/" + duration(state.total);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  private void redraw(String line) {
    int width = Math.max(20, terminal.width() - 1);
    String shown = line.length() > width ? line.substring(0, width) : line;
    terminal.draw("\r" + shown + " ".repeat(Math.max(0, drawnWidth - shown.length())));
    if (shown.isEmpty()) terminal.draw("\r");
    drawnWidth = shown.length();
  }
}
