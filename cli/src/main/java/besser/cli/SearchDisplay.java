package besser.cli;

import besser.check.campaign.CampaignProgress;
import besser.check.explore.Budget;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How far a search is: one line redrawn on a terminal, a line for each program elsewhere. After
 * Ctrl-C it asks the search to stop, and keeps the JVM until what was found is written.
 */
final class SearchDisplay implements CampaignProgress, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long SAY_NANOS = 10_000_000_000L;
  private static final long WRITE_SECONDS = 60;

  private final Terminal terminal;
  private final Budget budget;
  private final long beganNanos = System.nanoTime();
  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread onSignal = new Thread(this::stop, "on-signal");
  private volatile boolean stopped;
  private String program = "";
  private long drawnNanos = beganNanos;
  private long saidNanos = beganNanos;
  private int drawnWidth;

  SearchDisplay(Terminal terminal, Budget budget) {
    this.terminal = terminal;
    this.budget = budget;
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  private void stop() {
    stopped = true;
    try {
      boolean wrote = written.await(WRITE_SECONDS, TimeUnit.SECONDS);
      if (!wrote) System.err.println("besser: what was found could not be written in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean stopRequested() {
    return stopped;
  }

  @Override
  public synchronized void searching(String name, long schedules, int findings) {
    if (terminal.canRedraw()) {
      redraw("%s: %,d schedules, %d findings%s".formatted(name, schedules, findings, timeLeft()));
    } else if (!name.equals(program)) {
      terminal.say("besser: searching " + name);
    }
    program = name;
  }

  @Override
  public synchronized void shrinking(String findingId, int number, int of) {
    String line = "shrinking finding %d of %d%s".formatted(number, of, timeLeft());
    if (terminal.canRedraw()) {
      redraw(line);
    } else if (number == 1 || System.nanoTime() - saidNanos > SAY_NANOS) {
      saidNanos = System.nanoTime();
      terminal.say("besser: " + line);
    }
  }

  private String timeLeft() {
    if (!budget.isTimed()) return "";
    long left = budget.time().toNanos() - (System.nanoTime() - beganNanos);
    return ", %d s left".formatted(Math.max(0, TimeUnit.NANOSECONDS.toSeconds(left)));
  }

  private void redraw(String line) {
    long now = System.nanoTime();
    if (now - drawnNanos < REDRAW_NANOS) return;
    drawnNanos = now;
    draw(line);
  }

  private void draw(String line) {
    String shown = line.length() < terminal.width() ? line : line.substring(0, terminal.width());
    terminal.draw("\r" + shown + " ".repeat(Math.max(0, drawnWidth - shown.length())) + "\r");
    drawnWidth = shown.length();
  }

  /** Clears the line; what comes now is printed. */
  synchronized void clear() {
    if (drawnWidth > 0) draw("");
  }

  /** All is written; a signal may end the JVM now. */
  @Override
  public void close() {
    clear();
    written.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and the hook is what keeps it.
    }
  }
}
