package besser.kernel.mac80211;

import besser.kernel.net.SkBuff;
import java.util.ArrayList;
import java.util.List;

/** The {@code struct list_head} that {@code ieee80211_rx_list} collects packets in. */
public final class RxList {
  /** A packet for the stack. */
  record Packet(SkBuff skb, int etherType) {}

  private final List<Packet> packets = new ArrayList<>();

  void add(SkBuff skb, int etherType) {
    packets.add(new Packet(skb, etherType));
  }

  /** The packets so far; the list is empty afterwards. */
  List<Packet> take() {
    List<Packet> taken = List.copyOf(packets);
    packets.clear();
    return taken;
  }

  /** How many packets it holds. */
  public int size() {
    return packets.size();
  }
}
