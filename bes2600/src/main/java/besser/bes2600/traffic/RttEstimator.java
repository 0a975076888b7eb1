package besser.bes2600.traffic;

/** Smoothed round-trip time and retransmission timeout (RFC 6298), in nanoseconds. */
public final class RttEstimator {
  private static final long INITIAL_RTO_NANOS = 1_000_000_000;
  private static final long MAX_RTO_NANOS = 120_000_000_000L;

  private final long minRtoNanos;
  private long smoothed;
  private long variation;
  private long rto = INITIAL_RTO_NANOS;
  private int backoff;

  /**
   * @param minRtoNanos lower bound of the timeout: 1 s in the RFC, 200 ms in Linux
   */
  public RttEstimator(long minRtoNanos) {
    if (minRtoNanos < 1) {
      throw new IllegalArgumentException("minimum rto must be >= 1 ns, got " + minRtoNanos);
    }
    this.minRtoNanos = minRtoNanos;
  }

  /** Takes a measurement of a segment that was not retransmitted (Karn). */
  public void sample(long rttNanos) {
    if (smoothed == 0) {
      smoothed = rttNanos;
      variation = rttNanos / 2;
    } else {
      variation = (3 * variation + Math.abs(smoothed - rttNanos)) / 4;
      smoothed = (7 * smoothed + rttNanos) / 8;
    }
    rto = Math.clamp(smoothed + 4 * variation, minRtoNanos, MAX_RTO_NANOS);
    backoff = 0;
  }

  /** The timer fired: the next timeout is twice as long. */
  public void backOff() {
    backoff = Math.min(backoff + 1, 16);
  }

  /** New data was acknowledged: the timeout is as computed again. */
  public void progress() {
    backoff = 0;
  }

  /** The smoothed round-trip time, 0 before the first measurement. */
  public long smoothedNanos() {
    return smoothed;
  }

  /** The retransmission timeout with its backoff. */
  public long rtoNanos() {
    return Math.min(rto << backoff, MAX_RTO_NANOS);
  }
}
