package besser.rig.traffic;

import besser.rig.device.DeviceUnable;
import besser.rig.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * A receiver in this process: counts per 100 ms, and by their numbers the datagrams that were lost,
 * came twice or out of order. It needs nothing but this JVM, in the namespace whose traffic it is
 * to take.
 *
 * @param namespace to listen in
 * @param address to listen at, which the sender can reach
 * @param port to listen at; 0 for any that is free
 */
public record OwnReceiver(NetworkNamespace namespace, InetAddress address, int port)
    implements Receiver {
  public OwnReceiver {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
  }

  /** At any free port. */
  public static OwnReceiver at(NetworkNamespace namespace, InetAddress address) {
    return new OwnReceiver(namespace, address, 0);
  }

  @Override
  public Reception open(TrafficStep step) {
    return reception(step.transport());
  }

  /**
   * Receives on its own, without knowing what is sent: one connection to its end, or datagrams
   * until those that their sender announces have come or nothing came for five seconds. Blocks the
   * calling thread until then, or until the watch asks for the end.
   *
   * @param listening told once where it can be reached
   * @throws DeviceUnable when it cannot listen
   */
  public ReceivedTraffic listen(
      Transport transport, TrafficWatch watch, Consumer<InetSocketAddress> listening) {
    try (OwnReception reception = reception(transport)) {
      listening.accept(reception.address());
      return reception.listen(watch);
    }
  }

  private OwnReception reception(Transport transport) {
    try {
      return OwnReception.open(this, transport);
    } catch (IOException e) {
      throw new DeviceUnable(
          "cannot receive at %s port %d: %s".formatted(address, port, e.getMessage()), e);
    }
  }
}
