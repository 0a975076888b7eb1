package besser.rig.traffic;

import besser.rig.linux.KernelSocket;
import besser.rig.linux.TcpInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One TCP connection. */
final class TcpOutlet implements Outlet {
  private static final double TICK_SECONDS = 0.001;
  private static final int MOST_CHUNK_BYTES = 128 * 1024;
  private static final double UNSENT_SECONDS = 0.020;
  private static final int LEAST_UNSENT_BYTES = 16 * 1024;
  private static final int MOST_UNSENT_BYTES = 4 * 1024 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer data;
  private final int chunkBytes;
  private final Optional<KernelSocket> socket;
  private final List<String> notes;

  private TcpOutlet(
      SocketChannel channel,
      Selector selector,
      int chunkBytes,
      Optional<KernelSocket> socket,
      List<String> notes)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, 0);
    this.chunkBytes = chunkBytes;
    this.data = ByteBuffer.allocateDirect(chunkBytes);
    this.socket = socket;
    this.notes = notes;
    DatagramHeader.fill(data);
  }

  static TcpOutlet open(TrafficStep step, Peer peer, SenderOptions options, TrafficWatch watch)
      throws IOException {
    List<String> notes = new ArrayList<>();
    SocketChannel channel = new Connecting(step, options, watch).to(peer);
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Optional<KernelSocket> socket = tuned(channel, step, options, notes);
      channel.configureBlocking(false);
      return new TcpOutlet(channel, Selector.open(), chunkBytes(step), socket, notes);
    } catch (IOException | RuntimeException e) {
      Closing.quietly(channel);
      throw e;
    }
  }

  /** About a millisecond's worth in whole segments: few wake-ups, and bursts no path notices. */
  static int chunkBytes(TrafficStep step) {
    int segments = (int) (step.bytesPerSecond() * TICK_SECONDS / step.datagramBytes());
    int most = Math.max(1, MOST_CHUNK_BYTES / step.datagramBytes());
    return Math.clamp(segments, 1, most) * step.datagramBytes();
  }

  private static Optional<KernelSocket> tuned(
      SocketChannel channel, TrafficStep step, SenderOptions options, List<String> notes)
      throws IOException {
    Optional<KernelSocket> found = found(channel, options, notes);
    if (found.isEmpty()) {
      if (options.congestionControl().isPresent()) {
        throw new IOException("congestion control cannot be chosen: " + notes.getLast());
      }
      return found;
    }
    KernelSocket socket = found.get();
    if (options.congestionControl().isPresent()) {
      socket.congestionControl(options.congestionControl().get());
    }
    socket.maxUnsent(unsentBytes(step));
    if (options.kernelPacing()) {
      socket.maxPacingRate(Math.round(step.bytesPerSecond() * SenderOptions.PEAK));
    }
    notes.add("congestion control " + socket.congestionControl());
    return found;
  }

  /**
   * So little waits in the kernel that a path's stall is seen at once and leaves no great burst.
   */
  private static int unsentBytes(TrafficStep step) {
    return (int)
        Math.clamp(step.bytesPerSecond() * UNSENT_SECONDS, LEAST_UNSENT_BYTES, MOST_UNSENT_BYTES);
  }

  private static Optional<KernelSocket> found(
      SocketChannel channel, SenderOptions options, List<String> notes) throws IOException {
    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    try {
      return Optional.of(options.namespace().call(() -> KernelSocket.ofConnection(local, remote)));
    } catch (IOException e) {
      notes.add("no TCP figures from the kernel: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public int chunkBytes() {
    return chunkBytes;
  }

  @Override
  public int write(int bytes) throws IOException {
    data.clear().limit(Math.min(bytes, chunkBytes));
    return channel.write(data);
  }

  @Override
  public void awaitRoom(long limitNanos) throws IOException {
    await(SelectionKey.OP_WRITE, limitNanos);
  }

  private void await(int operation, long limitNanos) throws IOException {
    key.interestOps(operation);
    selector.select(Math.max(1, limitNanos / 1_000_000));
    selector.selectedKeys().clear();
  }

  @Override
  public Optional<TcpInfo> tcpInfo() {
    try {
      return socket.isPresent() ? Optional.of(socket.get().tcpInfo()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void drain(long limitNanos) {
    long start = System.nanoTime();
    try {
      channel.shutdownOutput();
      ByteBuffer answer = ByteBuffer.allocateDirect(4096);
      while (System.nanoTime() - start < limitNanos) {
        await(SelectionKey.OP_READ, 100_000_000);
        if (channel.read(answer.clear()) < 0) return;
      }
      // Or the kernel would go on sending what is left, into the next step.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // The peer closed first; nothing is left to be sent.
    }
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    Closing.quietly(selector);
    Closing.quietly(channel);
  }
}
