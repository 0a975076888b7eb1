package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetcatTest {
  @ParameterizedTest
  @CsvSource({
    "OPENBSD nc, TCP, nc -d -n -l 10.0.0.2 5201",
    "OPENBSD nc.openbsd, UDP, nc.openbsd -d -n -l -u 10.0.0.2 5201",
    "NCAT ncat, TCP, ncat -n -l --recv-only 10.0.0.2 5201",
    "TRADITIONAL nc, UDP, nc -n -l -u -s 10.0.0.2 -p 5201",
    "BUSYBOX busybox nc, TCP, busybox nc -l -p 5201",
    "BUSYBOX_UDP busybox nc, UDP, busybox nc -l -u -p 5201",
  })
  void eachIsCalledInItsOwnWay(String probed, Transport transport, String command)
      throws IOException {
    Netcat.Found found = Netcat.of(probed + "\n", transport, false).orElseThrow();
    assertEquals(
        command,
        found.receive(transport, InetAddress.getByName("10.0.0.2"), 5201, Optional.empty()));
  }

  @Test
  void theFirstThatCanDoItIsTaken() {
    String probed = "BUSYBOX busybox nc\nNCAT ncat\nBASH bash\n";
    assertEquals(Netcat.BUSYBOX, Netcat.of(probed, Transport.TCP, true).orElseThrow().dialect());
    assertEquals(Netcat.NCAT, Netcat.of(probed, Transport.UDP, true).orElseThrow().dialect());
  }

  @Test
  void bashCanOnlyConnect() {
    assertEquals(Optional.empty(), Netcat.of("BASH bash\n", Transport.TCP, false));
    assertEquals(Optional.empty(), Netcat.of("BASH bash\n", Transport.UDP, true));
    assertEquals(
        Netcat.BASH, Netcat.of("BASH bash\n", Transport.TCP, true).orElseThrow().dialect());
  }
}
