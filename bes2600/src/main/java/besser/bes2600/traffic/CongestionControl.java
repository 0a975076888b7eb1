package besser.bes2600.traffic;

/** When to send how much: the congestion window, in segments. */
public sealed interface CongestionControl permits Cubic, NewReno {
  /** RFC 6928. */
  int INITIAL_WINDOW_SEGMENTS = 10;

  /** The congestion window, in segments. */
  double windowSegments();

  /** Slow start ends at this window, in segments. */
  double thresholdSegments();

  /** New data was acknowledged while the window, not the application, limited the sender. */
  void acknowledged(int segments, long nowNanos, long smoothedRttNanos);

  /** Loss was detected by duplicate acknowledgements. */
  void lossDetected(long nowNanos);

  /** The retransmission timer fired with this many segments in flight. */
  void timedOut(int flightSegments);

  /** A new instance of the algorithm. */
  static CongestionControl of(Algorithm algorithm) {
    return switch (algorithm) {
      case CUBIC -> new Cubic();
      case NEW_RENO -> new NewReno();
    };
  }

  /** The algorithms there are. */
  enum Algorithm {
    /** RFC 9438, Linux's default. */
    CUBIC,
    /** RFC 5681 and RFC 6582. */
    NEW_RENO
  }
}
