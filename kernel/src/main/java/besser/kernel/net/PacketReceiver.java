package besser.kernel.net;

/** Where a network interface hands packets up: {@code netif_receive_skb}. */
@FunctionalInterface
public interface PacketReceiver {
  /** A packet whose data starts at the network header; in softirq. The receiver owns it. */
  void receive(SkBuff packet, int etherType);
}
