package besser.rig.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What TCP knows of a connection: {@code struct tcp_info} of {@code linux/tcp.h}, as far as an
 * experiment asks. Cumulative figures count from the connection's start; those that an older kernel
 * does not have are 0.
 *
 * @param state as {@code TCP_ESTABLISHED} (1) and its neighbours
 * @param rttMicros smoothed round-trip time
 * @param rttVarianceMicros its mean deviation
 * @param minRttMicros the least that was seen
 * @param congestionWindowSegments {@code snd_cwnd}
 * @param segmentBytes {@code snd_mss}
 * @param unackedSegments sent and not acknowledged
 * @param retransmits segments sent again, in all
 * @param ackedBytes acknowledged by the peer, in all
 * @param sentBytes of data put on the wire, retransmissions included
 * @param notSentBytes waiting in the send queue
 * @param deliveryBytesPerSecond the kernel's latest estimate of the path's rate
 * @param pacingBytesPerSecond how fast the kernel lets segments out
 * @param receiverLimitedMicros how long the peer's window held the sender up, in all
 * @param bufferLimitedMicros how long its own send buffer held it up, in all
 * @param sinceAckMillis since the last acknowledgement came
 */
public record TcpInfo(
    int state,
    long rttMicros,
    long rttVarianceMicros,
    long minRttMicros,
    long congestionWindowSegments,
    long segmentBytes,
    long unackedSegments,
    long retransmits,
    long ackedBytes,
    long sentBytes,
    long notSentBytes,
    long deliveryBytesPerSecond,
    long pacingBytesPerSecond,
    long receiverLimitedMicros,
    long bufferLimitedMicros,
    long sinceAckMillis) {

  private static final int LEAST_BYTES = 104;

  static TcpInfo parse(MemorySegment s, int length) throws IOException {
    if (length < LEAST_BYTES) {
      throw new IOException(
          "tcp_info must have >= %d bytes, got %d".formatted(LEAST_BYTES, length));
    }
    Fields f = new Fields(s, length);
    return new TcpInfo(
        s.get(ValueLayout.JAVA_BYTE, 0),
        f.u32(68),
        f.u32(72),
        f.u32(148),
        f.u32(80),
        f.u32(16),
        f.u32(24),
        f.u32(100),
        f.u64(120),
        f.u64(200),
        f.u32(144),
        f.u64(160),
        f.u64(104),
        f.u64(176),
        f.u64(184),
        f.u32(56));
  }

  /** Reads by the offsets of the C structure; beyond what the kernel wrote everything is 0. */
  private record Fields(MemorySegment segment, int length) {
    long u32(int offset) {
      return offset + 4 > length
          ? 0
          : Integer.toUnsignedLong(segment.get(ValueLayout.JAVA_INT, offset));
    }

    long u64(int offset) {
      return offset + 8 > length ? 0 : segment.get(ValueLayout.JAVA_LONG, offset);
    }
  }
}
