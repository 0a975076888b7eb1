package besser.metrics.measure;

import besser.metrics.Quality;
import besser.metrics.Window;
import besser.trace.LostEvents;

/** What a stream lost, by window. A gap is held against every window it may reach into. */
final class Gaps {
  private final Timeline timeline;
  private final long[] lost;
  private final int[] unknown;

  Gaps(Timeline timeline) {
    this.timeline = timeline;
    this.lost = new long[timeline.windows().size()];
    this.unknown = new int[lost.length];
  }

  /**
   * Adds one gap.
   *
   * @param afterNanos the last event before it
   */
  void add(long afterNanos, LostEvents gap) {
    for (int i = 0; i < lost.length; i++) {
      Window window = timeline.windows().get(i);
      if (gap.timeNanos() >= window.startNanos() && afterNanos < window.endNanos()) {
        if (gap.isCounted()) {
          lost[i] += gap.count();
        } else {
          unknown[i]++;
        }
      }
    }
  }

  /** Adds a gap of unknown size at an instant. */
  void add(long timeNanos) {
    int window = timeline.windowAt(timeNanos);
    if (window >= 0) {
      unknown[window]++;
    }
  }

  void add(Gaps other) {
    for (int i = 0; i < lost.length; i++) {
      lost[i] += other.lost[i];
      unknown[i] += other.unknown[i];
    }
  }

  Quality quality(int window) {
    return lost[window] == 0 && unknown[window] == 0
        ? new Quality.Sound()
        : new Quality.Lossy(lost[window], unknown[window]);
  }
}
