package besser.metrics.capture;

import besser.metrics.Window;
import java.time.Duration;

/**
 * A stretch of a capture that figures are wanted for.
 *
 * @param name how the figures call it
 * @param from since the capture's first event or sample, {@code >= 0}
 * @param length {@code > 0}
 */
public record Step(String name, Duration from, Duration length) {
  public Step {
    if (from.isNegative()) {
      throw new IllegalArgumentException("start of step " + name + " must be >= 0, got " + from);
    }
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("length of step " + name + " must be > 0, got " + length);
    }
  }

  Window after(long startNanos) {
    return new Window(name, startNanos + from.toNanos(), length);
  }
}
