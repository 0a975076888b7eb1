package besser.rig.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/** Brings a TCP connection about. */
record Connecting(TrafficStep step, SenderOptions options, TrafficWatch watch) {
  private static final long RETRY_NANOS = 100_000_000;

  /**
   * Connects, or waits to be connected to.
   *
   * @return a blocking channel
   * @throws IOException when that did not come about within the limit; says why
   */
  SocketChannel to(Peer peer) throws IOException {
    return switch (peer) {
      case Peer.Listening listening -> connect(listening.address());
      case Peer.Connecting connecting -> accept(connecting.at());
    };
  }

  /** A receiver that is still being started refuses connections for a while. */
  private SocketChannel connect(InetSocketAddress address) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        return options.namespace().call(() -> attempt(address, start));
      } catch (IOException e) {
        if (left(start) <= RETRY_NANOS || watch.stopRequested()) {
          throw new IOException(e.getMessage() + " at " + address, e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private long left(long start) {
    return options.connectLimit().toNanos() - (System.nanoTime() - start);
  }

  private SocketChannel attempt(InetSocketAddress address, long start) throws IOException {
    SocketChannel channel = SocketChannel.open(Family.of(address.getAddress()));
    try {
      prepare(channel, address);
      channel.socket().connect(address, (int) Math.max(1, left(start) / 1_000_000));
      return channel;
    } catch (IOException | RuntimeException e) {
      Closing.quietly(channel);
      throw e;
    }
  }

  private void prepare(SocketChannel channel, InetSocketAddress to) throws IOException {
    if (step.trafficClass() != 0) {
      channel.setOption(StandardSocketOptions.IP_TOS, step.trafficClass());
    }
    if (options.from().isPresent()) channel.bind(new InetSocketAddress(options.from().get(), 0));
    if (to.isUnresolved()) throw new IOException("no address known for " + to.getHostString());
  }

  private SocketChannel accept(InetSocketAddress at) throws IOException {
    long start = System.nanoTime();
    try (ServerSocketChannel server =
            options.namespace().call(() -> ServerSocketChannel.open(Family.of(at.getAddress())));
        Selector selector = Selector.open()) {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(at, 1).configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (left(start) > 0 && !watch.stopRequested()) {
        selector.select(100);
        SocketChannel accepted = server.accept();
        if (accepted != null) return accepted;
      }
      throw new IOException("no connection came to " + at);
    }
  }
}
