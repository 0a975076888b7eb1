package besser.bes2600.traffic;

/**
 * The sending TCP.
 *
 * @param algorithm congestion control
 * @param segmentBytes payload of a full segment, 536 to 1460
 * @param sendBufferBytes what the application may write beyond what is acknowledged, 2 segments to
 *     64 MiB
 * @param minRtoNanos lower bound of the retransmission timeout, at least 1 ms
 */
public record TcpParameters(
    CongestionControl.Algorithm algorithm,
    int segmentBytes,
    int sendBufferBytes,
    long minRtoNanos) {
  public TcpParameters {
    if (segmentBytes < 536 || segmentBytes > 1460) {
      throw new IllegalArgumentException("segment must be 536..1460 bytes, got " + segmentBytes);
    }
    if (sendBufferBytes < 2 * segmentBytes || sendBufferBytes > 1 << 26) {
      throw new IllegalArgumentException(
          "send buffer must be " + 2 * segmentBytes + "..2^26 bytes, got " + sendBufferBytes);
    }
    if (minRtoNanos < 1_000_000) {
      throw new IllegalArgumentException("minimum rto must be >= 1 ms, got " + minRtoNanos + " ns");
    }
  }
}
