package besser.trace;

/**
 * Events (or samples) the kernel discarded because nobody read its buffer in time. They are data:
 * they reach the verdict.
 *
 * @param cpu the CPU whose buffer overflowed, {@code >= 0}
 * @param timeNanos the time of the first event after the gap, or of the last before it at the end
 * @param count how many were lost, or {@link #COUNT_UNKNOWN}
 */
public record LostEvents(int cpu, long timeNanos, long count) {
  /** The kernel said that events were lost, but not how many. */
  public static final long COUNT_UNKNOWN = -1;

  public LostEvents {
    if (cpu < 0) {
      throw new IllegalArgumentException("cpu must be >= 0, got " + cpu);
    }
    if (count < COUNT_UNKNOWN) {
      throw new IllegalArgumentException("lost count must be >= 0 or -1, got " + count);
    }
  }

  /** Whether the number is known. */
  public boolean isCounted() {
    return count != COUNT_UNKNOWN;
  }
}
