package besser.metrics;

import java.time.Duration;

/**
 * The stretch of time a figure is for: from {@code startNanos}, inclusive, for {@code length}. All
 * captures of one measurement are on one clock.
 *
 * @param name the step's id
 * @param startNanos on the clock of the captures
 * @param length {@code > 0}
 */
public record Window(String name, long startNanos, Duration length) {
  private static final double NANOS_PER_SECOND = 1e9;

  public Window {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException(
          "length of window " + name + " must be > 0, got " + length);
    }
    Math.addExact(startNanos, length.toNanos());
  }

  /** The first instant behind the window, on the clock of the captures. */
  public long endNanos() {
    return startNanos + length.toNanos();
  }

  /** Its length in seconds, {@code > 0}. */
  public double seconds() {
    return length.toNanos() / NANOS_PER_SECOND;
  }

  /** Whether an instant lies in it. */
  public boolean contains(long timeNanos) {
    return timeNanos >= startNanos && timeNanos < endNanos();
  }
}
