package besser.rig.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.rig.device.DeviceUnable;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshAddressTest {
  @Test
  void leavesToSshWhatIsNotSaid() {
    SshAddress address = SshAddress.parse("ssh://ohm");
    assertEquals("ohm", address.host());
    assertEquals("", address.user());
    assertEquals(0, address.port());
    assertFalse(address.sudo());
    assertEquals(Optional.empty(), address.key());
  }

  @Test
  void readsEverythingThatCanBeSaid() {
    SshAddress address =
        SshAddress.parse(
            "ssh://me@[fe80::1]:2222?sudo&jump=you@gate:22&key=/k&known-hosts=/h&load=10.0.0.9");
    assertEquals("me", address.user());
    assertEquals("fe80::1", address.host());
    assertEquals(2222, address.port());
    assertTrue(address.sudo());
    assertEquals("you@gate:22", address.jump());
    assertEquals(Optional.of(Path.of("/k")), address.key());
    assertEquals(Path.of("/h"), address.knownHosts());
    assertEquals("10.0.0.9", address.load());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh://", "http://ohm", "ssh://ohm/path", "ssh://ohm?keys=/k"})
  void refusesWhatIsNoAddress(String text) {
    DeviceUnable refused = assertThrows(DeviceUnable.class, () -> SshAddress.parse(text));
    String said = String.valueOf(refused.getMessage());
    assertTrue(said.contains("'" + text + "'"), said);
  }
}
