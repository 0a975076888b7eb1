package besser.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What Ctrl-C, or another signal that ends the JVM, does while something runs: it asks the work to
 * stop, and keeps the JVM until {@link #close} says that the work has left, or patience ends.
 */
final class Interruption implements AutoCloseable {
  private final Duration patience;
  private final Runnable ask;
  private final Consumer<Boolean> then;
  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread onSignal = new Thread(this::signalled, "on-signal");

  /**
   * Listens from now on.
   *
   * @param patience how long the work may take to leave
   * @param ask asks it to
   * @param then the last thing that is done; told whether the work left in time
   */
  Interruption(Duration patience, Runnable ask, Consumer<Boolean> then) {
    this.patience = patience;
    this.ask = ask;
    this.then = then;
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  private void signalled() {
    ask.run();
    boolean inTime = false;
    try {
      inTime = left.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    then.accept(inTime);
  }

  /** The work has left, and written what it writes. */
  @Override
  public void close() {
    left.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and the hook is what keeps it.
    }
  }
}
