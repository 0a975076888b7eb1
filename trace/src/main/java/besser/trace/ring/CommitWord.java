package besser.trace.ring;

/** The commit word of a page: the length of its data and two flags (kernel/trace/ring_buffer.c). */
final class CommitWord {
  /** RB_MISSED_EVENTS: events were lost between the page before and this one. */
  static final long MISSED = 1L << 31;

  /** RB_MISSED_STORED: how many is stored in a {@code long} behind the data. */
  static final long MISSED_STORED = 1L << 30;

  private static final long LENGTH_MASK = (1L << 27) - 1;

  private CommitWord() {}

  static long dataBytes(long commit) {
    return commit & LENGTH_MASK;
  }

  static boolean isMissed(long commit) {
    return (commit & MISSED) != 0;
  }

  static boolean isMissedCountStored(long commit) {
    return (commit & MISSED_STORED) != 0;
  }
}
