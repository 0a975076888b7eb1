package besser.metrics.measure;

import besser.metrics.Window;
import java.util.List;

/**
 * The windows cut into bins of a second, laid end to end, so that a tally is one array. The last
 * second of a window may be shorter; one more bin takes what lies outside all windows.
 */
final class Timeline {
  static final long BIN_NANOS = 1_000_000_000L;

  private final List<Window> windows;
  private final int[] firstBins;
  private final int outside;

  /** Windows in ascending order that do not overlap. */
  Timeline(List<Window> windows) {
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("a measurement needs at least one window");
    }
    this.windows = List.copyOf(windows);
    this.firstBins = new int[windows.size() + 1];
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      if (i > 0 && window.startNanos() < windows.get(i - 1).endNanos()) {
        throw new IllegalArgumentException(
            "window %s must not start before window %s ends, got %d < %d"
                .formatted(
                    window.name(),
                    windows.get(i - 1).name(),
                    window.startNanos(),
                    windows.get(i - 1).endNanos()));
      }
      long bins = Math.ceilDiv(window.length().toNanos(), BIN_NANOS);
      firstBins[i + 1] = Math.toIntExact(firstBins[i] + bins);
    }
    this.outside = firstBins[windows.size()];
  }

  List<Window> windows() {
    return windows;
  }

  /** The bin of what lies outside all windows; the greatest bin. */
  int outside() {
    return outside;
  }

  /** An array with a slot for each bin. */
  long[] bins() {
    return new long[outside + 1];
  }

  int firstBin(int window) {
    return firstBins[window];
  }

  /** One more than the window's last bin. */
  int endBin(int window) {
    return firstBins[window + 1];
  }

  /** How many bins of a window are a whole second. */
  int wholeSeconds(int window) {
    return (int) (windows.get(window).length().toNanos() / BIN_NANOS);
  }

  /** How long a bin lasts, in seconds. */
  double secondsOfBin(int window, int bin) {
    int whole = wholeSeconds(window);
    return bin - firstBins[window] < whole ? 1 : windows.get(window).seconds() - whole;
  }

  /** The window an instant lies in, or -1. */
  int windowAt(long timeNanos) {
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i).contains(timeNanos)) {
        return i;
      }
    }
    return -1;
  }

  /** The window a bin belongs to, or -1 for the bin outside. */
  int windowOfBin(int bin) {
    if (bin == outside) {
      return -1;
    }
    int window = 0;
    while (bin >= firstBins[window + 1]) {
      window++;
    }
    return window;
  }

  static long sum(long[] bins, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += bins[i];
    }
    return sum;
  }

  long sum(long[] bins, int window) {
    return sum(bins, firstBin(window), endBin(window));
  }

  static void add(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Finds bins for instants that mostly ascend. Not thread-safe. */
  final class Cursor {
    private long fromNanos;
    private long toNanos;
    private int bin = outside;

    /** The bin of an instant. */
    int bin(long timeNanos) {
      if (timeNanos < fromNanos || timeNanos >= toNanos) {
        seek(timeNanos);
      }
      return bin;
    }

    private void seek(long timeNanos) {
      fromNanos = Long.MIN_VALUE;
      for (int i = 0; i < windows.size(); i++) {
        Window window = windows.get(i);
        if (timeNanos < window.startNanos()) {
          toNanos = window.startNanos();
          bin = outside;
          return;
        }
        if (timeNanos < window.endNanos()) {
          int second = (int) ((timeNanos - window.startNanos()) / BIN_NANOS);
          fromNanos = window.startNanos() + second * BIN_NANOS;
          toNanos = Math.min(fromNanos + BIN_NANOS, window.endNanos());
          bin = firstBins[i] + second;
          return;
        }
        fromNanos = window.endNanos();
      }
      toNanos = Long.MAX_VALUE;
      bin = outside;
    }
  }
}
