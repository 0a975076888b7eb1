package besser.metrics.measure;

import java.util.function.LongConsumer;

/**
 * Counts instants into bins. What it needs for most of them lies together: it goes to the bins only
 * when one has ended.
 */
final class InstantCount implements LongConsumer {
  private final Timeline.Cursor cursor;
  private final Bins[] counts;
  private long fromNanos;
  private long toNanos;
  private long uncounted;
  private long lastNanos = Long.MIN_VALUE;
  private int bin = Timeline.OUTSIDE;

  InstantCount(Timeline timeline, Bins[] counts) {
    this.cursor = timeline.cursor();
    this.counts = counts;
  }

  @Override
  public void accept(long nanos) {
    if (nanos < fromNanos || nanos >= toNanos) {
      turnTo(nanos);
    }
    uncounted++;
    lastNanos = nanos;
  }

  private void turnTo(long nanos) {
    settle();
    bin = cursor.bin(nanos);
    fromNanos = cursor.fromNanos();
    toNanos = cursor.toNanos();
  }

  /** Brings the bins up to date. */
  void settle() {
    for (Bins count : counts) {
      count.add(bin, uncounted);
    }
    uncounted = 0;
  }

  long lastNanos() {
    return lastNanos;
  }
}
