package besser.bes2600.traffic;

/** Slow start and additive increase, multiplicative decrease (RFC 5681 section 3, RFC 6582). */
public final class NewReno implements CongestionControl {
  private double window = INITIAL_WINDOW_SEGMENTS;
  private double threshold = Double.MAX_VALUE;

  @Override
  public double windowSegments() {
    return window;
  }

  @Override
  public double thresholdSegments() {
    return threshold;
  }

  @Override
  public void acknowledged(int segments, long nowNanos, long smoothedRttNanos) {
    for (int i = 0; i < segments; i++) window += window < threshold ? 1 : 1 / window;
  }

  @Override
  public void lossDetected(long nowNanos) {
    threshold = Math.max(window / 2, 2);
    window = threshold;
  }

  @Override
  public void timedOut(int flightSegments) {
    threshold = Math.max(flightSegments / 2.0, 2);
    window = 1;
  }
}
