package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.connection.LocalConnection;
import besser.rig.device.DeviceUnable;
import besser.rig.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** What goes wrong is an outcome with a name; every fault here is a real one. */
final class TrafficFaultTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Does something once, as soon as there is traffic. */
  private record Once(LongPredicate when, Action action, AtomicBoolean done)
      implements TrafficWatch {
    interface Action {
      void act() throws IOException;
    }

    static Once flowing(Action action) {
      return new Once(bytes -> bytes > 100_000, action, new AtomicBoolean());
    }

    @Override
    public boolean stopRequested() {
      return false;
    }

    @Override
    public void at(double secondsDone, long bytes) {
      if (!when.test(bytes) || done.getAndSet(true)) return;
      try {
        action.act();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aPathThatTakesLessHoldsTcpUpAndIsNotTheSendersFault() throws IOException {
    try (VethPair pair = VethPair.build()) {
      pair.limit("8mbit", "64kb");
      TrafficStep step = TrafficStep.of("tbf", Transport.TCP, 4e6, Duration.ofSeconds(3));

      StepTraffic traffic = carryOut(pair, step, TrafficWatch.NONE);

      assertEquals(OfferedLoad.Rate.HELD_BY_PATH, traffic.load().rate());
      assertTrue(traffic.load().goodputBytesPerSecond() < 1.1e6, traffic.load().toString());
      assertTrue(traffic.load().goodputBytesPerSecond() > 0.5e6, traffic.load().toString());
      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes());
      assertTrue(traffic.sent().tcp().getLast().info().rttMicros() > 0);
    }
  }

  @Test
  void whatThePathDropsOfUdpIsCountedAsLost() throws IOException {
    try (VethPair pair = VethPair.build()) {
      pair.limit("8mbit", "16kb");
      TrafficStep step = TrafficStep.of("tbf", Transport.UDP, 4e6, Duration.ofSeconds(2));

      StepTraffic traffic = carryOut(pair, step, TrafficWatch.NONE);

      DatagramCount count = traffic.received().datagrams().orElseThrow();
      assertEquals(traffic.sent().writes(), count.received() + count.lost());
      assertTrue(count.lossShare() > 0.5, count.toString());
      assertEquals(count.received() * step.datagramBytes(), traffic.received().totalBytes());
    }
  }

  @Test
  void aReceiverThatGoesAwayMidStepEndsTheTraffic() throws IOException {
    try (VethPair pair = VethPair.build()) {
      NetcatReceiver receiver =
          NetcatReceiver.at(
              LocalConnection.inNamespace(pair.receiver().name().orElseThrow()),
              VethPair.receiver4(),
              5201);
      TrafficStep step = TrafficStep.of("gone", Transport.TCP, 1e6, LONG);
      PacedSender sender = new PacedSender(SenderOptions.in(pair.sender()));
      try (Reception reception = receiver.open(step)) {
        SentTraffic sent = sender.send(step, reception.peer(), Once.flowing(reception::close));

        assertInstanceOf(TrafficEnd.PeerGone.class, sent.end());
        assertTrue(reception.finish(sent).totalBytes() <= sent.bytes());
      }
    }
  }

  @Test
  void aDeadLinkIsSilence() throws IOException {
    try (VethPair pair = VethPair.build()) {
      TrafficStep step = TrafficStep.of("cut", Transport.TCP, 1e6, LONG);
      PacedSender sender =
          new PacedSender(
              SenderOptions.in(pair.sender())
                  .withLimits(Duration.ofSeconds(5), Duration.ofSeconds(2)));

      StepTraffic traffic =
          StepTraffic.carryOut(step, sender, receiver(pair), Once.flowing(pair::cut));

      assertInstanceOf(TrafficEnd.Silent.class, traffic.sent().end());
      assertEquals(OfferedLoad.Rate.ENDED_EARLY, traffic.load().rate());
      assertTrue(traffic.received().totalBytes() > 0);
    }
  }

  @Test
  void nobodyListeningToUdpIsTold() {
    TrafficStep step = TrafficStep.of("none", Transport.UDP, 1e5, LONG);
    OwnReceiver receiver =
        OwnReceiver.at(NetworkNamespace.current(), InetAddress.getLoopbackAddress());
    Peer peer;
    try (Reception ended = receiver.open(step)) {
      peer = ended.peer();
    }

    SentTraffic sent =
        new PacedSender(SenderOptions.in(NetworkNamespace.current()))
            .send(step, peer, TrafficWatch.NONE);

    assertInstanceOf(TrafficEnd.PeerGone.class, sent.end());
  }

  @Test
  void aReceiverThatIsNeverReachedIsAnOutcome() throws IOException {
    try (VethPair pair = VethPair.build()) {
      PacedSender sender =
          new PacedSender(
              SenderOptions.in(pair.sender())
                  .withLimits(Duration.ofSeconds(2), Duration.ofSeconds(1)));
      SentTraffic sent =
          sender.send(
              TrafficStep.of("nobody", Transport.TCP, 1e6, LONG),
              new Peer.Listening(new InetSocketAddress(VethPair.receiver4(), 9)),
              TrafficWatch.NONE);
      assertInstanceOf(TrafficEnd.Unreachable.class, sent.end());
      assertTrue(sent.end().words().contains("refused"), sent.end().words());
    }
  }

  @Test
  void theOperatorCanStopIt() throws IOException {
    try (VethPair pair = VethPair.build()) {
      AtomicBoolean stop = new AtomicBoolean();
      TrafficWatch watch =
          new TrafficWatch() {
            @Override
            public boolean stopRequested() {
              return stop.get();
            }

            @Override
            public void at(double secondsDone, long bytes) {
              stop.set(bytes > 0);
            }
          };

      StepTraffic traffic = carryOut(pair, TrafficStep.of("stop", Transport.TCP, 1e6, LONG), watch);

      assertInstanceOf(TrafficEnd.Stopped.class, traffic.sent().end());
      assertEquals(OfferedLoad.Rate.ENDED_EARLY, traffic.load().rate());
      assertTrue(
          traffic.sent().shortfall().byPathBytes() < 5_000_000,
          "what was not due when it was stopped is not missing");
      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes());
    }
  }

  @Test
  void aNamespaceThatIsNotThereIsSaidBeforeAnyTraffic() {
    PacedSender sender =
        new PacedSender(SenderOptions.in(NetworkNamespace.named("no-such-namespace")));
    DeviceUnable failure =
        assertThrows(
            DeviceUnable.class,
            () ->
                sender.send(
                    TrafficStep.of("none", Transport.TCP, 1e6, LONG),
                    new Peer.Listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)),
                    TrafficWatch.NONE));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("no-such-namespace"), failure.getMessage());
  }

  @Test
  void anUnknownCongestionControlNamesThoseTheKernelHas() throws IOException {
    try (VethPair pair = VethPair.build()) {
      PacedSender sender =
          new PacedSender(SenderOptions.in(pair.sender()).withCongestionControl("reno2"));
      StepTraffic traffic =
          StepTraffic.carryOut(
              TrafficStep.of("cc", Transport.TCP, 1e6, LONG),
              sender,
              receiver(pair),
              TrafficWatch.NONE);
      assertTrue(
          traffic.sent().end().words().contains("the kernel has ["), traffic.sent().end().words());
    }
  }

  private static OwnReceiver receiver(VethPair pair) throws IOException {
    return OwnReceiver.at(pair.receiver(), VethPair.receiver4());
  }

  private static StepTraffic carryOut(VethPair pair, TrafficStep step, TrafficWatch watch)
      throws IOException {
    return StepTraffic.carryOut(
        step, new PacedSender(SenderOptions.in(pair.sender())), receiver(pair), watch);
  }
}
