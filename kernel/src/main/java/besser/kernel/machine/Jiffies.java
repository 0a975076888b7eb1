package besser.kernel.machine;

/** {@code jiffies}: time in ticks of {@code CONFIG_HZ}. */
record Jiffies(long hz) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Its value at a time. */
  long at(long timeNanos) {
    return timeNanos * hz / SECOND_NANOS;
  }

  /** The time at which it gets a value. */
  long timeOf(long jiffy) {
    return (jiffy * SECOND_NANOS + hz - 1) / hz;
  }
}
