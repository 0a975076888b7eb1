package besser.rig.traffic;

import java.net.InetSocketAddress;

/** Where a sender finds its receiver. */
public sealed interface Peer {
  /** The receiver listens there, or will within seconds; the address is resolved. */
  record Listening(InetSocketAddress address) implements Peer {
    public Listening {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException("no address known for " + address.getHostString());
      }
    }
  }

  /** The receiver cannot listen and connects to the sender, there; TCP only. */
  record Connecting(InetSocketAddress at) implements Peer {}
}
