package besser.kernel.net;

/** Where the network stack hands packets down: {@code dev_queue_xmit}. */
@FunctionalInterface
public interface PacketSender {
  /**
   * Sends a packet whose data starts at the network header, from softirq or process context. The
   * sender owns it.
   *
   * @param userPriority IEEE 802.1D user priority, 0 to 7; 0 is best effort
   */
  void transmit(SkBuff packet, int etherType, int userPriority);
}
