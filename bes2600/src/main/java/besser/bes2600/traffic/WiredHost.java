package besser.bes2600.traffic;

import besser.bes2600.environment.Environment;
import besser.kernel.inet.Ipv4Header;
import besser.kernel.inet.TcpHeader;
import java.util.Arrays;
import java.util.Optional;

/**
 * A host on the wire behind the access point. It sends one stream to the device, over TCP or UDP,
 * at a capped rate, and takes what comes back.
 */
public final class WiredHost {
  /** The access point's wired port. */
  public interface Bridge {
    /** A packet for the device; false when it is dropped. */
    boolean toDevice(byte[] packet, int length);
  }

  private final Environment environment;
  private final TrafficParameters parameters;
  private final PacketDelay toBridge;
  private final PacketDelay fromBridge;
  private final RateCap application;
  private final Ipv4Header ip = new Ipv4Header();
  private final TcpHeader tcp = new TcpHeader();
  private Optional<TcpConnection> connection = Optional.empty();
  private Optional<UdpSource> source = Optional.empty();

  /** A host that sends nothing yet. */
  public WiredHost(Environment environment, TrafficParameters parameters, Bridge bridge) {
    this.environment = environment;
    this.parameters = parameters;
    this.application = new RateCap(parameters.burstBytes());
    this.toBridge = new PacketDelay(environment, parameters.lanDelayNanos(), bridge::toDevice);
    this.fromBridge = new PacketDelay(environment, parameters.lanDelayNanos(), this::received);
  }

  /** Opens the stream; data follows once a rate is set. */
  public void open() {
    switch (parameters.transport()) {
      case TCP -> {
        TcpConnection opened =
            new TcpConnection(environment, parameters, application, toBridge::send);
        connection = Optional.of(opened);
        opened.connect();
      }
      case UDP -> source = Optional.of(new UdpSource(environment, parameters, toBridge::send));
    }
  }

  /** Offers this many bytes of payload per second from now on. */
  public void offer(long bytesPerSecond) {
    application.setRate(bytesPerSecond, environment.nowNanos());
    connection.ifPresent(TcpConnection::applicationChanged);
    source.ifPresent(s -> s.setRate(bytesPerSecond));
  }

  /** A packet from the access point, in {@code length} bytes from {@code offset}. */
  public void fromBridge(byte[] bytes, int offset, int length) {
    fromBridge.send(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private void received(byte[] packet, int length) {
    if (!ip.read(packet, 0, length) || ip.protocol() != Ipv4Header.TCP) return;
    int segment = ip.totalBytes() - Ipv4Header.BYTES;
    if (!tcp.read(packet, Ipv4Header.BYTES, segment)) return;
    connection.ifPresent(c -> c.received(tcp));
  }

  /** The TCP connection, once opened over TCP. */
  public Optional<TcpConnection> connection() {
    return connection;
  }

  /** Payload bytes that the application has handed over so far. */
  public long offeredBytes() {
    return connection.map(TcpConnection::writtenBytes).orElse(0L)
        + source.map(UdpSource::sentBytes).orElse(0L);
  }
}
