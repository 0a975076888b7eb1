package besser.bes2600.environment;

import besser.kernel.event.EventQueue;
import besser.kernel.random.RandomStream;

/** An environment that is nothing but an event queue, for tests. */
public final class QueueEnvironment implements Environment {
  private final EventQueue<Runnable> queue = new EventQueue<>();
  private final long seed;
  private long nowNanos;

  public QueueEnvironment(long seed) {
    this.seed = seed;
  }

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public void after(long delayNanos, Runnable happening) {
    if (delayNanos < 0) throw new IllegalArgumentException("delay must be >= 0, got " + delayNanos);
    queue.add(nowNanos + delayNanos, happening);
  }

  @Override
  public RandomStream random(String name) {
    return new RandomStream(seed, name);
  }

  /** Runs everything due up to and including {@code untilNanos}. */
  public void runUntil(long untilNanos) {
    while (queue.nextTimeNanos() <= untilNanos) {
      nowNanos = queue.nextTimeNanos();
      queue.poll().run();
    }
    nowNanos = untilNanos;
  }
}
