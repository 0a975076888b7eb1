package besser.rig.traffic;

/**
 * A token bucket, kept as the time at which the next byte is due (the virtual scheduling form of
 * the generic cell rate algorithm, ITU-T I.371): deadlines are absolute, so that waking late never
 * adds up. Times are in ns since the bucket began.
 */
final class TokenBucket {
  private final double nanosPerByte;
  private final double depthNanos;
  private double dueNanos;

  /** A full bucket would allow a burst of {@code depthNanos} worth of the rate; it begins empty. */
  TokenBucket(double bytesPerSecond, double depthNanos) {
    this.nanosPerByte = 1e9 / bytesPerSecond;
    this.depthNanos = depthNanos;
  }

  /** When the next byte may go. */
  double dueNanos() {
    return dueNanos;
  }

  /** Takes tokens. */
  void take(long bytes) {
    dueNanos += bytes * nanosPerByte;
  }

  /** Lets what does not fit into the bucket run over, and says how much that was. */
  double overflowNanos(long nowNanos) {
    double over = nowNanos - depthNanos - dueNanos;
    if (over <= 0) return 0;
    dueNanos += over;
    return over;
  }

  /** How many bytes come into the bucket in a time. */
  long bytesIn(double nanos) {
    return Math.round(nanos / nanosPerByte);
  }
}
