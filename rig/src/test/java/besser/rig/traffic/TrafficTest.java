package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.linux.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traffic over loopback and over veth pairs of the test's own; behaviour, never timing. */
final class TrafficTest {
  private static final Duration SHORT = Duration.ofMillis(800);

  @ParameterizedTest
  @CsvSource({"TCP,127.0.0.1", "UDP,127.0.0.1", "TCP,::1", "UDP,::1"})
  void countsEveryByteOnLoopback(Transport transport, String address) throws IOException {
    TrafficStep step = TrafficStep.of("loop", transport, 1e6, SHORT);
    OwnReceiver receiver =
        OwnReceiver.at(NetworkNamespace.current(), InetAddress.getByName(address));
    PacedSender sender = new PacedSender(SenderOptions.in(NetworkNamespace.current()));

    StepTraffic traffic = StepTraffic.carryOut(step, sender, receiver, TrafficWatch.NONE);

    assertInstanceOf(TrafficEnd.Completed.class, traffic.sent().end());
    assertEquals(step.wantedBytes(), traffic.sent().bytes() + missing(traffic));
    assertEquals(traffic.sent().bytes(), traffic.received().totalBytes() + lost(traffic));
    assertEquals("lo", traffic.received().counters().orElseThrow().name());
  }

  @ParameterizedTest
  @CsvSource({"TCP,10.77.0.2", "UDP,10.77.0.2", "TCP,fd77::2", "UDP,fd77::2"})
  void crossesNamespaces(Transport transport, String address) throws IOException {
    try (VethPair pair = VethPair.build()) {
      TrafficStep step = TrafficStep.of("veth", transport, 4e6, SHORT);
      OwnReceiver receiver = OwnReceiver.at(pair.receiver(), InetAddress.getByName(address));
      PacedSender sender = new PacedSender(SenderOptions.in(pair.sender()));

      StepTraffic traffic = StepTraffic.carryOut(step, sender, receiver, TrafficWatch.NONE);

      assertInstanceOf(TrafficEnd.Completed.class, traffic.sent().end());
      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes() + lost(traffic));
      assertEquals("v1", traffic.received().counters().orElseThrow().name());
      assertTrue(
          traffic.received().counters().orElseThrow().rxBytes() > traffic.received().totalBytes(),
          "headers count at the interface");
    }
  }

  private static long missing(StepTraffic traffic) {
    Shortfall shortfall = traffic.sent().shortfall();
    return shortfall.byPathBytes() + shortfall.bySenderBytes();
  }

  private static long lost(StepTraffic traffic) {
    return traffic.received().datagrams().map(DatagramCount::lost).orElse(0L)
        * TrafficStep.DATAGRAM_BYTES;
  }
}
