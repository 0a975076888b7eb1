package besser.bes2600.traffic;

/**
 * An application that offers a constant rate: a token bucket of bytes. What cannot be written stays
 * unwritten; tokens beyond the bucket's depth are lost, as they are to a program that sleeps
 * between writes.
 */
public final class RateCap {
  private final long depthBytes;
  private long bytesPerSecond;
  private long tokensScaled;
  private long updatedNanos;

  // Tokens are kept in units of a byte's billionth, so that no rounding is lost.
  private static final long SCALE = 1_000_000_000;

  /** An empty bucket that offers nothing yet. */
  public RateCap(long depthBytes) {
    if (depthBytes < 1 || depthBytes > 1L << 30) {
      throw new IllegalArgumentException("depth must be in 1..2^30 bytes, got " + depthBytes);
    }
    this.depthBytes = depthBytes;
  }

  /** Changes the rate from now on; 0 stops. */
  public void setRate(long newBytesPerSecond, long nowNanos) {
    if (newBytesPerSecond < 0 || newBytesPerSecond > 1_000_000_000) {
      throw new IllegalArgumentException(
          "rate must be in 0..1000000000 bytes/s, got " + newBytesPerSecond);
    }
    refill(nowNanos);
    bytesPerSecond = newBytesPerSecond;
  }

  /** The rate in bytes per second. */
  public long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Bytes that may be written now. */
  public long availableBytes(long nowNanos) {
    refill(nowNanos);
    return tokensScaled / SCALE;
  }

  /** Takes bytes out. */
  public void take(long bytes) {
    tokensScaled -= bytes * SCALE;
  }

  private void refill(long nowNanos) {
    long elapsed = nowNanos - updatedNanos;
    updatedNanos = nowNanos;
    long limit = depthBytes * SCALE;
    // A rate of 1 GB/s fills any bucket within seconds, so the product cannot overflow.
    if (elapsed >= 8 * SCALE) tokensScaled = bytesPerSecond > 0 ? limit : tokensScaled;
    else tokensScaled = Math.min(limit, tokensScaled + elapsed * bytesPerSecond);
  }
}
