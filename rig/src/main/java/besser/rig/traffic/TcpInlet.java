package besser.rig.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One TCP connection, read to its end. */
final class TcpInlet implements OwnReception.Inlet {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final ServerSocketChannel server;
  private final InetSocketAddress address;
  private final AtomicLong bytes = new AtomicLong();
  private final ByteBins bins = new ByteBins();

  // Guarded by this.
  private Optional<SocketChannel> accepted = Optional.empty();
  private boolean closed;

  private TcpInlet(ServerSocketChannel server) throws IOException {
    this.server = server;
    this.address = (InetSocketAddress) server.getLocalAddress();
  }

  static TcpInlet open(OwnReceiver receiver) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(Family.of(receiver.address()));
    try {
      server.bind(new InetSocketAddress(receiver.address(), receiver.port()), 1);
      return new TcpInlet(server);
    } catch (IOException e) {
      Closing.quietly(server);
      throw e;
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void receive() throws IOException {
    try (SocketChannel channel = server.accept()) {
      if (!keep(channel)) return;
      Closing.quietly(server);
      count(channel);
    } catch (AsynchronousCloseException e) {
      // Closed because the step is over.
    } catch (ClosedChannelException e) {
      // The same, before this thread came to wait.
    }
  }

  private synchronized boolean keep(SocketChannel channel) {
    accepted = Optional.of(channel);
    return !closed;
  }

  private void count(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long first = 0;
    while (true) {
      int read = channel.read(buffer.clear());
      if (read < 0) return;
      long now = System.nanoTime();
      if (bytes.get() == 0) first = now;
      bins.add(now - first, read);
      bytes.addAndGet(read);
    }
  }

  /** The end of the connection is the end; where there is none, none will come any more. */
  @Override
  public synchronized void endAfter(SentTraffic sent) {
    if (accepted.isEmpty()) Closing.quietly(server);
  }

  @Override
  public void endByItself() {
    // It does so anyway.
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
    return Optional.empty();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public synchronized void close() {
    closed = true;
    Closing.quietly(server);
    accepted.ifPresent(Closing::quietly);
  }
}
