package besser.rig.traffic;

import besser.rig.linux.NetworkNamespace;
import besser.rig.linux.SocketTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** The datagrams of one step, by their numbers. */
final class UdpInlet implements OwnReception.Inlet {
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final long LOOK_MILLIS = 20;
  private static final long QUIET_NANOS = 300_000_000;
  private static final long SILENCE_NANOS = 5_000_000_000L;

  private final DatagramChannel channel;
  private final Selector selector;
  private final InetSocketAddress address;
  private final NetworkNamespace namespace;
  private final AtomicLong bytes = new AtomicLong();
  private final ByteBins bins = new ByteBins();
  private final SequenceWindow seen = new SequenceWindow();
  private final List<String> notes = new ArrayList<>();
  private OptionalLong flow = OptionalLong.empty();
  private long first;
  private long last;
  private long strangers;
  private OptionalLong droppedAtSocket = OptionalLong.empty();
  private long wanted;
  private volatile long sentDatagrams = -1;
  private volatile boolean endsByItself;

  private UdpInlet(DatagramChannel channel, Selector selector, OwnReceiver receiver)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.namespace = receiver.namespace();
    this.address = (InetSocketAddress) channel.getLocalAddress();
  }

  static UdpInlet open(OwnReceiver receiver) throws IOException {
    DatagramChannel channel = DatagramChannel.open(Family.of(receiver.address()));
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      channel.bind(new InetSocketAddress(receiver.address(), receiver.port()));
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new UdpInlet(channel, selector, receiver);
    } catch (IOException e) {
      Closing.quietly(channel);
      throw e;
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void receive() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    try {
      while (!isOver()) {
        selector.select(LOOK_MILLIS);
        selector.selectedKeys().clear();
        while (channel.receive(buffer.clear()) != null) take(buffer.flip());
      }
      countDrops();
    } catch (ClosedChannelException | ClosedSelectorException e) {
      // Closed because the step is over.
    }
  }

  private boolean isOver() {
    long now = System.nanoTime();
    if (endsByItself && first != 0) {
      return seen.distinct() >= wanted || now - last > SILENCE_NANOS;
    }
    long expected = sentDatagrams;
    if (expected < 0) return false;
    if (last == 0) last = now;
    return seen.distinct() >= expected || now - last > QUIET_NANOS;
  }

  private void take(ByteBuffer datagram) {
    OptionalLong from = DatagramHeader.flow(datagram);
    if (flow.isEmpty()) flow = from;
    if (from.isEmpty() || !from.equals(flow)) {
      strangers++;
      return;
    }
    DatagramHeader header = DatagramHeader.read(datagram);
    if (header.sequence() < 0) return;
    last = System.nanoTime();
    if (first == 0) first = last;
    wanted = header.wanted();
    if (!seen.add(header.sequence())) return;
    bins.add(last - first, datagram.remaining());
    bytes.addAndGet(datagram.remaining());
  }

  private void countDrops() {
    try {
      droppedAtSocket = namespace.call(() -> SocketTable.udp().drops(address.getPort()));
    } catch (IOException e) {
      notes.add("drops at the socket unknown: " + e.getMessage());
    }
  }

  @Override
  public void endAfter(SentTraffic sent) {
    sentDatagrams = sent.writes();
  }

  @Override
  public void endByItself() {
    endsByItself = true;
  }

  @Override
  public long bytesSoFar() {
    return bytes.get();
  }

  @Override
  public ByteSeries series() {
    return bins.series();
  }

  @Override
  public Optional<DatagramCount> datagrams() {
    long sent = Math.max(sentDatagrams, seen.next());
    return Optional.of(
        new DatagramCount(
            seen.distinct(),
            sent - seen.distinct(),
            OptionalLong.of(seen.reordered()),
            OptionalLong.of(seen.duplicated()),
            droppedAtSocket));
  }

  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    if (strangers > 0) all.add(strangers + " datagrams were none of this step's");
    if (endsByItself && seen.next() < wanted) {
      all.add(
          "none came after number %d of %d announced: lost at the end, or never sent"
              .formatted(seen.next(), wanted));
    }
    return all;
  }

  @Override
  public void close() {
    Closing.quietly(selector);
    Closing.quietly(channel);
  }
}
