package besser.trace.record;

import java.util.List;

/**
 * What to record and how.
 *
 * @param clock the trace clock, such as {@code local}, or {@code mono} to align with perf
 * @param bufferKilobytes size of each CPU's buffer to begin with; it grows with the observed rate
 * @param bufferKilobytesLimit up to here
 * @param bufferPercent how full a buffer must be before it is read, 0 to 100
 */
public record RecordingPlan(
    List<EventChoice> events,
    List<KprobeChoice> kprobes,
    String clock,
    int bufferKilobytes,
    int bufferKilobytesLimit,
    int bufferPercent) {
  /** The trace clock that perf and {@link System#nanoTime} share. */
  public static final String MONOTONIC = "mono";

  private static final int DEFAULT_BUFFER_KILOBYTES = 8 << 10;
  private static final int DEFAULT_LIMIT_KILOBYTES = 128 << 10;
  private static final int DEFAULT_PERCENT = 25;

  public RecordingPlan {
    events = List.copyOf(events);
    kprobes = List.copyOf(kprobes);
    if (events.isEmpty() && kprobes.isEmpty()) {
      throw new IllegalArgumentException("at least one event or kprobe must be named, got none");
    }
    if (bufferKilobytes < 8 || bufferKilobytesLimit < bufferKilobytes) {
      throw new IllegalArgumentException(
          "buffer must be at least 8 KiB and at most its limit, got %d and %d"
              .formatted(bufferKilobytes, bufferKilobytesLimit));
    }
    if (bufferPercent < 0 || bufferPercent > 100) {
      throw new IllegalArgumentException(
          "buffer percent must be from 0 to 100, got " + bufferPercent);
    }
  }

  /** These events and probes on clock {@code mono}, with buffers that suit most loads. */
  public static RecordingPlan of(List<EventChoice> events, List<KprobeChoice> kprobes) {
    return new RecordingPlan(
        events,
        kprobes,
        MONOTONIC,
        DEFAULT_BUFFER_KILOBYTES,
        DEFAULT_LIMIT_KILOBYTES,
        DEFAULT_PERCENT);
  }

  /** The same on another trace clock. */
  public RecordingPlan onClock(String otherClock) {
    return new RecordingPlan(
        events, kprobes, otherClock, bufferKilobytes, bufferKilobytesLimit, bufferPercent);
  }
}
