package besser.trace.ring;

/**
 * From the time stamps in the pages to nanoseconds.
 *
 * @param offsetNanos added to every time stamp
 * @param multiplier for clocks that count cycles: {@code nanos = cycles * multiplier >> shift}; 0
 *     when the pages hold nanoseconds
 * @param shift 0 to 63
 */
public record TimeConversion(long offsetNanos, long multiplier, int shift) {
  /** Time stamps are nanoseconds already. */
  public static final TimeConversion NONE = new TimeConversion(0, 0, 0);

  public TimeConversion {
    if (shift < 0 || shift > 63) {
      throw new IllegalArgumentException("shift must be from 0 to 63, got " + shift);
    }
  }

  /** The nanoseconds of one time stamp. */
  public long nanos(long stamp) {
    return multiplier == 0 ? stamp + offsetNanos : scaled(stamp) + offsetNanos;
  }

  private long scaled(long stamp) {
    long low = stamp * multiplier;
    long high = Math.unsignedMultiplyHigh(stamp, multiplier);
    return shift == 0 ? low : (high << (64 - shift)) | (low >>> shift);
  }
}
