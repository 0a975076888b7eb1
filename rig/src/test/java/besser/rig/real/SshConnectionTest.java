package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.DevicePlan;
import besser.rig.connection.LocalConnection;
import besser.rig.connection.Running;
import besser.rig.connection.Shell;
import besser.rig.connection.SshAddress;
import besser.rig.connection.SshConnection;
import besser.rig.device.DeviceLost;
import besser.rig.device.DeviceUnable;
import besser.rig.linux.NetworkNamespace;
import besser.rig.traffic.PacedSender;
import besser.rig.traffic.SenderOptions;
import besser.rig.traffic.StepTraffic;
import besser.rig.traffic.TrafficStep;
import besser.rig.traffic.TrafficWatch;
import besser.rig.traffic.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to a real OpenSSH server, and being thrown out of it. */
class SshConnectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void runsScriptsStreamsAndNoticesTheLoss() throws Exception {
    try (SshdInNamespace sshd = new SshdInNamespace();
        SshConnection connection = SshConnection.open(SshAddress.parse(sshd.url()))) {
      assertEquals("it's me\n", connection.run("echo \"it's me\"", LIMIT).out());
      assertEquals(5, connection.run("exit 5", LIMIT).status());
      assertEquals(4, connection.endpoints().size());
      try (Running running = connection.start(Shell.untilInputEnds("echo on; exec sleep 60"))) {
        assertEquals('o', running.output().read());
        running.input().close();
        assertTrue(running.awaitEnd(LIMIT).isPresent());
      }
      sshd.killSessions();
      assertThrows(DeviceLost.class, () -> connection.run("true", LIMIT));
      assertFalse(connection.isOpen());
    }
  }

  @Test
  void logsInWithAKeyThatOnlyTheAgentHas(@TempDir Path dir) throws Exception {
    Path socket = dir.resolve("agent");
    try (SshdInNamespace sshd = new SshdInNamespace();
        LocalConnection here = LocalConnection.here();
        Running agent = here.start(Shell.untilInputEnds("exec ssh-agent -D -a " + socket))) {
      SshAddress address = SshAddress.parse(sshd.urlWithoutKey());
      assertThrows(DeviceUnable.class, () -> SshConnection.open(address, Optional.empty()).close());
      String add =
          "n=0; until [ -S %1$s ] || [ $n -gt 150 ]; do n=$((n+1)); sleep 0.1; done; SSH_AUTH_SOCK=%1$s ssh-add -q %2$s"
              .formatted(socket, sshd.key());
      assertTrue(here.run(add, LIMIT).ok(), agent.errors());
      try (SshConnection connection = SshConnection.open(address, Optional.of(socket))) {
        assertEquals("in\n", connection.run("echo in", LIMIT).out());
      }
    }
  }

  @Test
  void sendsLoadToAReceiverThatItStartsThere() throws Exception {
    TrafficStep step = TrafficStep.of("traffic", Transport.TCP, 5e5, Duration.ofSeconds(1));
    try (SshdInNamespace sshd = new SshdInNamespace();
        LinuxDevice device =
            LinuxDevice.ssh(
                SshAddress.parse(sshd.url()), DevicePlan.DEFAULT, Operator.absent(), false)) {
      PacedSender sender = new PacedSender(SenderOptions.in(NetworkNamespace.current()));
      StepTraffic traffic = device.traffic(sender, step, TrafficWatch.NONE);
      long missing =
          traffic.sent().shortfall().byPathBytes() + traffic.sent().shortfall().bySenderBytes();
      assertEquals(500_000, traffic.sent().bytes() + missing);
      assertEquals(traffic.sent().bytes(), traffic.received().totalBytes());
      assertEquals("eth0", traffic.received().counters().orElseThrow().name());
    }
  }

  @Test
  void goesThroughAJumpHost() throws Exception {
    try (SshdInNamespace sshd = new SshdInNamespace()) {
      String url = sshd.url();
      String host = url.substring("ssh://".length(), url.indexOf('?'));
      try (SshConnection connection = SshConnection.open(SshAddress.parse(url + "&jump=" + host))) {
        assertEquals("there\n", connection.run("echo there", LIMIT).out());
      }
    }
  }

  @Test
  void refusesAHostThatIsNotKnownAndSaysWhatToDo(@TempDir Path dir) throws Exception {
    Path empty = Files.createFile(dir.resolve("known_hosts"));
    try (SshdInNamespace sshd = new SshdInNamespace()) {
      String url = sshd.url().replaceFirst("known-hosts=.*", "known-hosts=" + empty);
      DeviceUnable refused =
          assertThrows(DeviceUnable.class, () -> SshConnection.open(SshAddress.parse(url)).close());
      String said = String.valueOf(refused.getMessage());
      assertTrue(said.contains("connect once with ssh"), said);
    }
  }

  @Test
  void saysWhenNoHostHasTheName() {
    DeviceLost lost =
        assertThrows(
            DeviceLost.class,
            () -> SshConnection.open(SshAddress.parse("ssh://root@no-such.invalid")).close());
    String said = String.valueOf(lost.getMessage());
    assertTrue(said.contains("no host of that name is known"), said);
    assertTrue(said.contains("try: ssh root@no-such.invalid true"), said);
  }

  @Test
  void tellsAHostThatDoesNotAnswerFromOneThatRefuses() {
    DeviceLost lost =
        assertThrows(
            DeviceLost.class,
            () -> SshConnection.open(SshAddress.parse("ssh://root@127.0.0.1:9")).close());
    assertTrue(String.valueOf(lost.getMessage()).contains("is not reached"));
  }
}
