package besser.metrics.measure;

import besser.metrics.Window;
import java.time.Duration;
import java.util.List;

/**
 * The windows cut into bins of a second, laid end to end, so that a tally is one array. The last
 * second of a window may be shorter; bin 0 takes what lies outside all windows.
 *
 * <p>The end of a single window may be left open until all has been read; see {@link #open}.
 */
final class Timeline {
  static final long BIN_NANOS = 1_000_000_000L;

  /** The bin of what lies outside all windows. */
  static final int OUTSIDE = 0;

  /** How long an open window can become; bounds what a damaged time stamp can make it take. */
  private static final Duration OPEN_LIMIT = Duration.ofDays(2);

  private static final int OPEN_BINS = 64;

  private List<Window> windows;
  private final int[] firstBins;
  private boolean open;

  /** Windows in ascending order that do not overlap. */
  Timeline(List<Window> windows) {
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("a measurement needs at least one window");
    }
    this.windows = List.copyOf(windows);
    this.firstBins = new int[windows.size() + 1];
    firstBins[0] = OUTSIDE + 1;
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
  }

  /** One window that starts at an instant and whose end {@link #end} will tell. */
  static Timeline open(String name, long startNanos) {
    Timeline timeline = new Timeline(List.of(new Window(name, startNanos, OPEN_LIMIT)));
    timeline.open = true;
    return timeline;
  }

  /** Ends an open window behind its last event; does nothing to windows of known length. */
  void end(long lastNanos) {
    if (open) {
      open = false;
      Window window = windows.getFirst();
      long last = Math.max(lastNanos, window.startNanos());
      long nanos = Math.clamp(last - window.startNanos() + 1, 1, window.length().toNanos());
      windows = List.of(new Window(window.name(), window.startNanos(), Duration.ofNanos(nanos)));
      firstBins[1] = Math.toIntExact(firstBins[0] + Math.ceilDiv(nanos, BIN_NANOS));
    }
  }

  List<Window> windows() {
    return windows;
  }

  /** A slot for each bin. */
  Bins bins() {
    return new Bins(open ? OPEN_BINS : firstBins[windows.size()]);
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
    if (bin == OUTSIDE) {
      return -1;
    }
    int window = 0;
    while (bin >= firstBins[window + 1]) {
      window++;
    }
    return window;
  }

  long sum(Bins bins, int window) {
    return bins.sum(firstBin(window), endBin(window));
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Finds bins for instants that mostly ascend. Not thread-safe. */
  final class Cursor {
    private long fromNanos;
    private long toNanos;
    private int bin = OUTSIDE;

    /** The bin of an instant. */
    int bin(long timeNanos) {
      if (timeNanos < fromNanos || timeNanos >= toNanos) {
        seek(timeNanos);
      }
      return bin;
    }

    /** Where the bin found last begins. */
    long fromNanos() {
      return fromNanos;
    }

    /** Where the bin found last has ended. */
    long toNanos() {
      return toNanos;
    }

    private void seek(long timeNanos) {
      fromNanos = Long.MIN_VALUE;
      for (int i = 0; i < windows.size(); i++) {
        Window window = windows.get(i);
        if (timeNanos < window.startNanos()) {
          toNanos = window.startNanos();
          bin = OUTSIDE;
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
      bin = OUTSIDE;
    }
  }
}
