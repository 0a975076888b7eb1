package besser.rig.traffic;

import besser.rig.linux.TcpInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Numbered datagrams to one address. */
final class UdpOutlet implements Outlet {
  private static final long FULL_QUEUE_NANOS = 1_000_000;

  private final DatagramChannel channel;
  private final Selector room;
  private final ByteBuffer datagram;
  private long sequence;

  private UdpOutlet(DatagramChannel channel, Selector room, ByteBuffer datagram) {
    this.channel = channel;
    this.room = room;
    this.datagram = datagram;
  }

  static UdpOutlet open(TrafficStep step, InetSocketAddress to, SenderOptions options)
      throws IOException {
    DatagramChannel channel = options.namespace().call(() -> connected(step, to, options));
    try {
      channel.configureBlocking(false);
      Selector room = Selector.open();
      channel.register(room, SelectionKey.OP_WRITE);
      long wanted = step.wantedBytes() / step.datagramBytes();
      return new UdpOutlet(channel, room, DatagramHeader.blank(step.datagramBytes(), wanted));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A connected socket is told when nobody listens (ICMP port unreachable). */
  private static DatagramChannel connected(
      TrafficStep step, InetSocketAddress to, SenderOptions options) throws IOException {
    DatagramChannel channel = DatagramChannel.open(Family.of(to.getAddress()));
    try {
      if (step.trafficClass() != 0) {
        channel.setOption(StandardSocketOptions.IP_TOS, step.trafficClass());
      }
      if (options.from().isPresent()) channel.bind(new InetSocketAddress(options.from().get(), 0));
      channel.connect(to);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int chunkBytes() {
    return datagram.capacity();
  }

  @Override
  public int write(int bytes) throws IOException {
    DatagramHeader.number(datagram, sequence);
    int taken = written();
    if (taken > 0) sequence++;
    return taken;
  }

  /** A full queue of the interface (ENOBUFS) is no error of the peer's: there is no room now. */
  private int written() throws IOException {
    try {
      return channel.write(datagram.clear());
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No buffer space")) throw e;
      LockSupport.parkNanos(FULL_QUEUE_NANOS);
      return 0;
    }
  }

  @Override
  public void awaitRoom(long limitNanos) throws IOException {
    room.select(Math.max(1, limitNanos / 1_000_000));
    room.selectedKeys().clear();
  }

  @Override
  public Optional<TcpInfo> tcpInfo() {
    return Optional.empty();
  }

  @Override
  public void drain(long limitNanos) {
    // A datagram is gone once it is sent.
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void close() {
    Closing.quietly(room);
    Closing.quietly(channel);
  }
}
