package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.connection.Connection;
import besser.rig.connection.LocalConnection;
import besser.rig.connection.Output;
import besser.rig.connection.Running;
import besser.rig.device.DeviceUnable;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A netcat in a namespace of the test's own, started over a shell as on a device. */
final class NetcatReceiverTest {
  private static final TrafficStep TCP =
      TrafficStep.of("nc", Transport.TCP, 2e6, Duration.ofMillis(1500));

  /** Ethernet, IPv4, TCP with timestamps. */
  private static final int TCP_IPV4_HEADERS = 14 + 20 + 32;

  @ParameterizedTest
  @CsvSource({
    "sh, 10.77.0.2",
    "sh, fd77::2",
    "dash, 10.77.0.2",
    "bash, 10.77.0.2",
    "busybox sh, 10.77.0.2"
  })
  void countsWhatTheNetcatReadToTheByte(String shell, String address) throws IOException {
    try (VethPair pair = VethPair.build()) {
      NetcatReceiver receiver = at(shell(pair, shell), address);

      StepTraffic traffic = StepTraffic.carryOut(TCP, sender(pair), receiver, TrafficWatch.NONE);

      assertInstanceOf(TrafficEnd.Completed.class, traffic.sent().end());
      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes());
      assertEquals("v1", traffic.received().counters().orElseThrow().name());
      assertEquals("", processesIn(pair));
    }
  }

  @Test
  void agreesWithTheInterfaceOnceHeadersAreTakenOff() throws IOException {
    try (VethPair pair = VethPair.build()) {
      NetcatReceiver receiver = at(shell(pair), "10.77.0.2");

      StepTraffic traffic = StepTraffic.carryOut(TCP, sender(pair), receiver, TrafficWatch.NONE);

      InterfaceCount count = traffic.received().counters().orElseThrow();
      long payload = count.rxBytes() - count.rxPackets() * TCP_IPV4_HEADERS;
      assertEquals(1, payload / (double) traffic.received().totalBytes(), 0.01);
    }
  }

  @Test
  void aBusyboxAloneIsEnough() throws IOException {
    try (VethPair pair = VethPair.build()) {
      NetcatReceiver receiver =
          at(answering(shell(pair, "busybox sh"), "BUSYBOX busybox nc\n"), "10.77.0.2");

      StepTraffic traffic = StepTraffic.carryOut(TCP, sender(pair), receiver, TrafficWatch.NONE);

      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes());
      assertEquals("", processesIn(pair));
    }
  }

  @Test
  void countsDatagramsByTheirBytes() throws IOException {
    try (VethPair pair = VethPair.build()) {
      // All of it fits into the socket's buffer, however late the netcat is woken.
      TrafficStep step = TrafficStep.of("nc", Transport.UDP, 2e5, Duration.ofMillis(500));
      NetcatReceiver receiver = at(shell(pair), "10.77.0.2");

      StepTraffic traffic = StepTraffic.carryOut(step, sender(pair), receiver, TrafficWatch.NONE);

      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes());
      assertEquals(0, traffic.received().datagrams().orElseThrow().lost());
      assertEquals("", processesIn(pair));
    }
  }

  @Test
  void aDeviceWithBashAloneConnectsToTheSender() throws IOException {
    try (VethPair pair = VethPair.build()) {
      Connection shell = answering(shell(pair), "BASH bash\n");
      NetcatReceiver receiver =
          new NetcatReceiver(
              shell,
              VethPair.receiver4(),
              VethPair.receiver4(),
              5201,
              Optional.of("v1"),
              Optional.of(InetAddress.getByName("10.77.0.1")));

      StepTraffic traffic = StepTraffic.carryOut(TCP, sender(pair), receiver, TrafficWatch.NONE);

      assertInstanceOf(TrafficEnd.Completed.class, traffic.sent().end());
      assertTrue(
          Math.abs(traffic.received().totalBytes() - traffic.sent().bytes()) < 60_000,
          "bash and cat read little else: " + traffic.received());
    }
  }

  @Test
  void leavesNoProcessWhenTheReceptionIsGivenUp() throws IOException {
    try (VethPair pair = VethPair.build()) {
      at(shell(pair), "10.77.0.2").open(TCP).close();
      assertEquals("", processesIn(pair));
    }
  }

  @Test
  void saysWhatTheNetcatSaysWhenItCannotListen() throws IOException {
    try (VethPair pair = VethPair.build()) {
      NetcatReceiver receiver = at(shell(pair), "10.99.0.9");
      DeviceUnable failure = assertThrows(DeviceUnable.class, () -> receiver.open(TCP));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("Cannot assign"), failure.getMessage());
    }
  }

  @Test
  void aDeviceWithoutAnyNetcatIsTold() throws IOException {
    try (VethPair pair = VethPair.build()) {
      NetcatReceiver receiver = at(answering(shell(pair), "BASH bash\n"), "10.77.0.2");
      DeviceUnable failure = assertThrows(DeviceUnable.class, () -> receiver.open(TCP));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("install netcat"), failure.getMessage());
    }
  }

  private static PacedSender sender(VethPair pair) {
    return new PacedSender(SenderOptions.in(pair.sender()));
  }

  private static NetcatReceiver at(Connection shell, String address) throws IOException {
    return NetcatReceiver.at(shell, InetAddress.getByName(address), 5201);
  }

  /** Processes whose network namespace is the receiver's, once those that end have ended. */
  private static String processesIn(VethPair pair) throws IOException {
    String name = pair.receiver().name().orElseThrow();
    long start = System.nanoTime();
    String pids;
    do {
      pids = VethPair.run("ip", "netns", "pids", name).strip();
    } while (!pids.isEmpty() && System.nanoTime() - start < 30_000_000_000L);
    return pids;
  }

  private static Connection shell(VethPair pair) {
    return shell(pair, "sh");
  }

  private static Connection shell(VethPair pair, String shell) {
    String namespace = pair.receiver().name().orElseThrow();
    return LocalConnection.withShell(
        List.of("ip netns exec %s %s".formatted(namespace, shell).split(" ")));
  }

  /** A device whose shell answers the search for netcats as given, and else is a real one. */
  private static Connection answering(Connection real, String probed) {
    return new Connection() {
      @Override
      public String name() {
        return real.name();
      }

      @Override
      public Output run(String script, Duration limit) {
        return script.equals(Netcat.PROBE) ? new Output(0, probed, "") : real.run(script, limit);
      }

      @Override
      public Running start(String script) {
        return real.start(script);
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {
        real.close();
      }
    };
  }
}
