package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.linux.NetworkNamespace;
import besser.rig.traffic.OwnReceiver;
import besser.rig.traffic.ReceivedTraffic;
import besser.rig.traffic.TrafficWatch;
import besser.rig.traffic.Transport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrafficCommandTest {
  private static final Pattern SENT_BYTES = Pattern.compile("\"bytes\" : (\\d+),");
  private static final Pattern SENT_MEGABYTES = Pattern.compile("^sent +([0-9.]+) MB");

  private record Ran(int status, String out, String err) {
    /** What it says it sent: all, unless this machine held the sender up for too long. */
    long sentBytes() {
      Matcher bytes = SENT_BYTES.matcher(out);
      if (bytes.find()) return Long.parseLong(bytes.group(1));
      Matcher megabytes = SENT_MEGABYTES.matcher(out);
      assertTrue(megabytes.find(), out);
      return Math.round(Double.parseDouble(megabytes.group(1)) * 1e6);
    }
  }

  private static Ran run(String... arguments) {
    StringWriter err = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int status = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
      return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(usual);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 5201",
    "127.0.0.1:80, 127.0.0.1, 80",
    "fd00::2, fd00:0:0:0:0:0:0:2, 5201",
    "[fd00::2], fd00:0:0:0:0:0:0:2, 5201",
    "[fd00::2]:80, fd00:0:0:0:0:0:0:2, 80",
  })
  void readsAddressesAsUsersWriteThem(String text, String host, int port) {
    assertEquals(host, TrafficCommand.address(text).getAddress().getHostAddress());
    assertEquals(port, TrafficCommand.address(text).getPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:x", "127.0.0.1:70000"})
  void refusesWhatIsNoPort(String text) {
    assertThrows(BadInput.class, () -> TrafficCommand.address(text));
  }

  @Test
  void aRateNeedsItsUnit() {
    Ran ran = run("traffic", "send", "127.0.0.1", "--rate", "4");
    assertEquals(ExitStatus.BAD_INPUT, ran.status());
    assertTrue(ran.err().contains("4MB/s"), ran::err);
  }

  @Test
  void aNamespaceThatIsNotThereIsSaid() {
    Ran ran = run("traffic", "send", "127.0.0.1", "--rate", "1MB/s", "--netns", "no-such");
    assertEquals(ExitStatus.DEVICE_UNABLE, ran.status());
    assertTrue(ran.err().contains("no-such"), ran::err);
  }

  @ParameterizedTest
  @EnumSource
  void sendsToAReceiverThatKnowsNothingOfIt(Transport transport) throws Exception {
    OwnReceiver receiver =
        OwnReceiver.at(NetworkNamespace.current(), InetAddress.getLoopbackAddress());
    BlockingQueue<Integer> port = new ArrayBlockingQueue<>(1);
    FutureTask<ReceivedTraffic> received =
        new FutureTask<>(
            () -> receiver.listen(transport, TrafficWatch.NONE, at -> port.add(at.getPort())));
    Thread.ofPlatform().daemon().start(received);
    Integer listening = port.poll(30, TimeUnit.SECONDS);

    Ran ran =
        transport == Transport.UDP
            ? run(
                "traffic", "send", "127.0.0.1:" + listening, "--rate=714KB/s", "--for=1s", "--udp")
            : run(
                "traffic",
                "send",
                "127.0.0.1:" + listening,
                "--rate=714KB/s",
                "--for=1s",
                "--json");

    assertEquals(ExitStatus.DONE, ran.status(), ran::err);
    long sent = ran.sentBytes();
    // The text says it to the kilobyte.
    long came = received.get(60, TimeUnit.SECONDS).totalBytes();
    assertTrue(Math.abs(came - sent) <= 500, () -> came + " bytes came, and it says " + ran.out());
    assertTrue(sent > 0 && sent <= 714_000, ran::out);
  }
}
