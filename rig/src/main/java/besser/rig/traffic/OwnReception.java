package besser.rig.traffic;

import besser.rig.linux.InterfaceTable;
import besser.rig.linux.ThreadTiming;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A receiver in this process at work: a socket, a thread that reads it, and its counts. */
final class OwnReception implements Reception {
  private static final Duration FINISH_LIMIT = Duration.ofSeconds(8);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final OwnReceiver receiver;
  private final Inlet inlet;
  private final Thread thread;
  private final Optional<InterfaceTable.Counters> before;
  private volatile double cpuSeconds;
  private volatile Optional<String> failure = Optional.empty();

  private OwnReception(
      OwnReceiver receiver, Inlet inlet, Optional<InterfaceTable.Counters> before) {
    this.receiver = receiver;
    this.inlet = inlet;
    this.before = before;
    this.thread =
        Thread.ofPlatform()
            .name("receive-" + inlet.address().getPort())
            .daemon()
            .unstarted(this::receive);
  }

  static OwnReception open(OwnReceiver receiver, Transport transport) throws IOException {
    Inlet inlet =
        receiver
            .namespace()
            .call(
                () ->
                    switch (transport) {
                      case TCP -> TcpInlet.open(receiver);
                      case UDP -> UdpInlet.open(receiver);
                    });
    OwnReception reception = new OwnReception(receiver, inlet, counters(receiver));
    reception.thread.start();
    return reception;
  }

  private static Optional<InterfaceTable.Counters> counters(OwnReceiver receiver) {
    try {
      return receiver.namespace().call(() -> InterfaceTable.of(receiver.address()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void receive() {
    long cpu = ThreadTiming.cpuNanos();
    try {
      inlet.receive();
    } catch (IOException e) {
      failure = Optional.of("receiving ended: " + e.getMessage());
    }
    cpuSeconds = (ThreadTiming.cpuNanos() - cpu) / 1e9;
  }

  @Override
  public Peer peer() {
    return new Peer.Listening(address());
  }

  InetSocketAddress address() {
    return inlet.address();
  }

  @Override
  public long bytesSoFar() {
    return inlet.bytesSoFar();
  }

  @Override
  public ReceivedTraffic finish(SentTraffic sent) {
    inlet.endAfter(sent);
    boolean ended = joined(FINISH_LIMIT);
    inlet.close();
    if (!ended) joined(FINISH_LIMIT);
    return count();
  }

  /** Receives until the traffic ends of itself, or the watch asks for it. */
  ReceivedTraffic listen(TrafficWatch watch) {
    inlet.endByItself();
    long started = System.nanoTime();
    for (int looks = 1; !joined(LOOK) && !watch.stopRequested(); looks++) {
      if (looks % 10 == 0) watch.at((System.nanoTime() - started) / 1e9, inlet.bytesSoFar());
    }
    inlet.close();
    joined(FINISH_LIMIT);
    return count();
  }

  private ReceivedTraffic count() {
    List<String> notes = new ArrayList<>(inlet.notes());
    failure.ifPresent(notes::add);
    Optional<InterfaceCount> counted = Optional.empty();
    if (before.isPresent()) {
      counted = counters(receiver).map(after -> count(before.get(), after));
    } else {
      notes.add(
          "no interface counters: no single interface has the address "
              + receiver.address().getHostAddress());
    }
    return new ReceivedTraffic(
        "besser, per read",
        inlet.bytesSoFar(),
        inlet.series(),
        inlet.datagrams(),
        counted,
        cpuSeconds,
        notes);
  }

  private static InterfaceCount count(
      InterfaceTable.Counters before, InterfaceTable.Counters after) {
    return InterfaceCount.of(after).since(InterfaceCount.of(before));
  }

  /** Whether the thread has ended; its counts are then to be seen here. */
  private boolean joined(Duration limit) {
    try {
      return thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Closing its socket ends the thread. */
  @Override
  public void close() {
    inlet.close();
  }

  /** A socket that is read until its traffic ends. */
  interface Inlet {
    InetSocketAddress address();

    /** Reads to the end; on a thread of its own. */
    void receive() throws IOException;

    /** What was sent is known now; only what is under way is still to come. */
    void endAfter(SentTraffic sent);

    /** Nobody will say what was sent; the traffic tells its end itself. */
    void endByItself();

    long bytesSoFar();

    /** After the thread has ended. */
    ByteSeries series();

    Optional<DatagramCount> datagrams();

    List<String> notes();

    void close();
  }
}
