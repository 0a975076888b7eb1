package besser.trace.record;

/** How large a CPU's ring buffer must be for the rate seen. */
final class BufferSizing {
  /** A buffer holds at least this long a time of events at the highest rate seen. */
  private static final double SECONDS_HELD = 1.0;

  private final int limitKilobytes;
  private int kilobytes;

  BufferSizing(int kilobytes, int limitKilobytes) {
    this.kilobytes = kilobytes;
    this.limitKilobytes = limitKilobytes;
  }

  int kilobytes() {
    return kilobytes;
  }

  /**
   * Takes in a rate; true when the buffer has to grow to {@link #kilobytes}. It never shrinks, and
   * at least doubles when it grows.
   */
  boolean observe(double bytesPerSecond) {
    double needed = bytesPerSecond * SECONDS_HELD / 1024;
    if (needed <= kilobytes || kilobytes >= limitKilobytes) {
      return false;
    }
    long grown = kilobytes;
    while (grown < needed) {
      grown *= 2;
    }
    kilobytes = (int) Math.min(grown, limitKilobytes);
    return true;
  }
}
