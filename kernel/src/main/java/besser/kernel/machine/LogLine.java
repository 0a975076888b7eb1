package besser.kernel.machine;

import besser.kernel.LogLevel;

/**
 * One line of the kernel log.
 *
 * @param timeNanos since boot
 * @param level its level
 * @param message without prefix
 */
public record LogLine(long timeNanos, LogLevel level, String message) {
  @Override
  public String toString() {
    long micros = timeNanos / 1000;
    return "[%5d.%06d] %s".formatted(micros / 1_000_000, micros % 1_000_000, message);
  }
}
