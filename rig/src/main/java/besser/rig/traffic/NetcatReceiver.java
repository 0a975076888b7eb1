package besser.rig.traffic;

import besser.rig.connection.Connection;
import besser.rig.device.DeviceUnable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A receiver on a device that needs nothing installed: a netcat of any kind takes the traffic and
 * throws it away, and a shell loop reads once a second how much it read ({@code rchar} of {@code
 * /proc/PID/io}, proc_pid_io(5)) and what the interface counted. Nothing stands between the socket
 * and the netcat, no pipe either, which would add task switches to what is measured.
 *
 * @param connection to the device
 * @param address of the device, which it listens at
 * @param reachedAt where the sender finds it; another address than its own behind forwarded ports
 * @param port to listen at
 * @param interfaceName whose counters are read; found by the address when empty
 * @param senderAddress of this machine as the device sees it; a device with bash but without any
 *     netcat then connects to the sender
 */
public record NetcatReceiver(
    Connection connection,
    InetAddress address,
    InetAddress reachedAt,
    int port,
    Optional<String> interfaceName,
    Optional<InetAddress> senderAddress)
    implements Receiver {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  public NetcatReceiver {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, got " + port);
    }
    if (interfaceName.isPresent() && !interfaceName.get().matches("[A-Za-z0-9._:@-]{1,15}")) {
      throw new IllegalArgumentException("no name of an interface: '" + interfaceName.get() + "'");
    }
  }

  /** With the interface found by the address, on a device that can listen. */
  public static NetcatReceiver at(Connection connection, InetAddress address, int port) {
    return new NetcatReceiver(
        connection, address, address, port, Optional.empty(), Optional.empty());
  }

  @Override
  public Reception open(TrafficStep step) {
    Netcat.Found found = find(step.transport());
    Peer peer =
        found.dialect() == Netcat.BASH
            ? new Peer.Connecting(new InetSocketAddress(senderAddress.orElseThrow(), port))
            : new Peer.Listening(new InetSocketAddress(reachedAt, port));
    return NetcatReception.open(this, step, found, peer);
  }

  private Netcat.Found find(Transport transport) {
    String probed = connection.run(Netcat.PROBE, ANSWER).out();
    return Netcat.of(probed, transport, senderAddress.isPresent())
        .orElseThrow(
            () ->
                new DeviceUnable(
                    "the device has nothing that takes %s; install netcat or busybox there"
                        .formatted(transport)));
  }
}
