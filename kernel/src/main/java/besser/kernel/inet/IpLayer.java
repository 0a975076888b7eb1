package besser.kernel.inet;

import besser.kernel.Kernel;
import besser.kernel.net.PacketReceiver;
import besser.kernel.net.PacketSender;
import besser.kernel.net.SkBuff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One host's IPv4: takes packets from the interface to the sockets and back. There is one address,
 * one route, no forwarding, no fragments and no firewall.
 */
public final class IpLayer implements PacketReceiver {
  /** A socket, found by protocol and port. */
  interface Socket {
    /** The protocol it speaks. */
    int protocol();

    /** Its local port. */
    int port();

    /** A packet for it; data starts at the transport header. The socket owns it. */
    void receive(SkBuff packet, Ipv4Address from);
  }

  private static final int PORT_OFFSET = 2;

  private final Kernel kernel;
  private final Ipv4Address address;
  private @Nullable PacketSender device;
  private final Ipv4Header incoming = new Ipv4Header();
  private final Ipv4Header outgoing = new Ipv4Header();
  private final List<Socket> sockets = new ArrayList<>();
  private long discards;

  /** A host of that address; {@link #attach} its interface before traffic. */
  public IpLayer(Kernel kernel, Ipv4Address address) {
    this.kernel = kernel;
    this.address = address;
  }

  /** Gives it the one interface that packets leave by. */
  public void attach(PacketSender sender) {
    device = sender;
  }

  private PacketSender device() {
    if (device == null) throw new IllegalStateException("no interface; call attach");
    return device;
  }

  /** Its address. */
  public Ipv4Address address() {
    return address;
  }

  /** Packets that no socket wanted or that were malformed. */
  public long discards() {
    return discards;
  }

  void bind(Socket socket) {
    sockets.add(socket);
  }

  @Override
  public void receive(SkBuff packet, int etherType) {
    try (var _ = kernel.enter(InetFunctions.IP_RCV)) {
      // Nothing may switch contexts between reading the shared header and using it.
      boolean ok =
          etherType == Ipv4Header.ETHER_TYPE
              && incoming.read(packet.bytes(), packet.dataOffset(), packet.length())
              && incoming.isFor(address)
              && incoming.totalBytes() >= Ipv4Header.BYTES + PORT_OFFSET + 2;
      if (!ok) {
        discard(packet);
        return;
      }
      int protocol = incoming.protocol();
      Ipv4Address from = incoming.source();
      packet.trim(incoming.totalBytes());
      packet.pull(Ipv4Header.BYTES);
      try (var _ = kernel.enter(InetFunctions.IP_LOCAL_DELIVER)) {
        int port = BigEndian.u16(packet.bytes(), packet.dataOffset() + PORT_OFFSET);
        Optional<Socket> socket = find(protocol, port);
        if (socket.isPresent()) socket.get().receive(packet, from);
        else discard(packet);
      }
    }
  }

  private Optional<Socket> find(int protocol, int port) {
    for (Socket socket : sockets) {
      if (socket.protocol() == protocol && socket.port() == port) return Optional.of(socket);
    }
    return Optional.empty();
  }

  private void discard(SkBuff packet) {
    discards++;
    kernel.net().kfreeSkb(packet);
  }

  /** {@code ip_queue_xmit}: the packet's data starts at the transport header. */
  void transmit(SkBuff packet, Ipv4Address to, int protocol) {
    try (var _ = kernel.enter(InetFunctions.IP_QUEUE_XMIT)) {
      int payloadBytes = packet.length();
      int at = packet.push(Ipv4Header.BYTES);
      outgoing.route(address, to).payload(protocol, payloadBytes).write(packet.bytes(), at);
      try (var _ = kernel.enter(InetFunctions.IP_FINISH_OUTPUT)) {
        device().transmit(packet, Ipv4Header.ETHER_TYPE, 0);
      }
    }
  }
}
