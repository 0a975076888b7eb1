package besser.bes2600.traffic;

/**
 * CUBIC as in RFC 9438, in segments and seconds: cubic growth around the window of the last loss,
 * never slower than Reno would be, with fast convergence.
 */
public final class Cubic implements CongestionControl {
  private static final double C = 0.4;
  private static final double BETA = 0.7;
  private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
  private static final long NO_EPOCH = -1;

  private double window = INITIAL_WINDOW_SEGMENTS;
  private double threshold = Double.MAX_VALUE;
  private double maximum;
  private double prior;
  private double renoWindow;
  private double periodSeconds;
  private long epochNanos = NO_EPOCH;

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
    int left = segments;
    while (left > 0 && window < threshold) {
      window += 1;
      left--;
    }
    if (left > 0) grow(left, nowNanos, smoothedRttNanos);
  }

  private void grow(int segments, long nowNanos, long smoothedRttNanos) {
    if (epochNanos == NO_EPOCH) startEpoch(nowNanos);
    double seconds = (nowNanos - epochNanos) / 1e9;
    double ahead = seconds + smoothedRttNanos / 1e9;
    // RFC 9438, 4.3: Reno's slope once its estimate has passed the window before the loss.
    double alpha = renoWindow >= prior ? 1 : RENO_ALPHA;
    renoWindow += alpha * segments / window;
    if (cubicAt(seconds) < renoWindow) {
      window = Math.max(window, renoWindow);
      return;
    }
    double target = Math.clamp(cubicAt(ahead), window, 1.5 * window);
    window = Math.min(target, window + segments * (target - window) / window);
  }

  private void startEpoch(long nowNanos) {
    epochNanos = nowNanos;
    if (maximum < window) maximum = window;
    periodSeconds = StrictMath.cbrt((maximum - window) / C);
    renoWindow = window;
  }

  private double cubicAt(double seconds) {
    double t = seconds - periodSeconds;
    return C * t * t * t + maximum;
  }

  @Override
  public void lossDetected(long nowNanos) {
    reduce();
    window = threshold;
  }

  @Override
  public void timedOut(int flightSegments) {
    reduce();
    window = 1;
  }

  private void reduce() {
    prior = window;
    // Fast convergence, RFC 9438 section 4.7: give way when the last maximum was not reached.
    maximum = window < maximum ? window * (1 + BETA) / 2 : window;
    threshold = Math.max(window * BETA, 2);
    epochNanos = NO_EPOCH;
  }
}
