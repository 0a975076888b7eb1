package besser.metrics.measure;

import java.util.Arrays;

/** Bytes per second of each window, and when the last came. */
final class ByteMeter implements ByteSink {
  private final Timeline timeline;
  private final Timeline.Cursor cursor;
  private final Bins bytes;
  private final long[] lastNanos;

  static final long NEVER = Long.MIN_VALUE;

  ByteMeter(Timeline timeline) {
    this.timeline = timeline;
    this.cursor = timeline.cursor();
    this.bytes = timeline.bins();
    this.lastNanos = new long[timeline.windows().size()];
    Arrays.fill(lastNanos, NEVER);
  }

  @Override
  public void bytes(long timeNanos, int byteCount) {
    if (byteCount < 0) {
      throw new IllegalArgumentException("byte count must be >= 0, got " + byteCount);
    }
    int bin = cursor.bin(timeNanos);
    bytes.add(bin, byteCount);
    int window = timeline.windowOfBin(bin);
    if (window >= 0 && byteCount > 0) {
      lastNanos[window] = Math.max(lastNanos[window], timeNanos);
    }
  }

  /** Bytes of each bin. */
  Bins counts() {
    return bytes;
  }

  /** When the last byte of a window came, or {@link #NEVER}. */
  long lastNanos(int window) {
    return lastNanos[window];
  }

  /** Bytes of a window's whole seconds. */
  long[] wholeSeconds(int window) {
    int first = timeline.firstBin(window);
    return bytes.range(first, first + timeline.wholeSeconds(window));
  }
}
