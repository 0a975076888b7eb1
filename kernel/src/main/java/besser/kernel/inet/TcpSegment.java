package besser.kernel.inet;

import besser.kernel.net.SkBuff;

/**
 * {@code TCP_SKB_CB}: what the receiver keeps of a segment's header once its data is queued.
 *
 * @param sequence of the first byte
 * @param end the sequence number behind it, counting SYN and FIN
 * @param flags as on the wire
 * @param hasTimestamp whether the next two mean anything
 * @param timestampValue {@code TSval}
 * @param timestampEcho {@code TSecr}
 */
record TcpSegment(
    int sequence, int end, int flags, boolean hasTimestamp, int timestampValue, int timestampEcho) {
  /** What was kept with a queued packet. */
  static TcpSegment of(SkBuff packet) {
    return (TcpSegment) packet.controlBlock();
  }

  static TcpSegment of(TcpHeader header, int payloadBytes) {
    int length = payloadBytes;
    if (header.has(TcpHeader.SYN)) length++;
    if (header.has(TcpHeader.FIN)) length++;
    int flags = 0;
    for (int flag = TcpHeader.FIN; flag <= TcpHeader.ACK; flag <<= 1) {
      if (header.has(flag)) flags |= flag;
    }
    return new TcpSegment(
        header.sequence(),
        header.sequence() + length,
        flags,
        header.hasTimestamp(),
        header.timestampValue(),
        header.timestampEcho());
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
