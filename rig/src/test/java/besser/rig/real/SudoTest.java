package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.rig.connection.SshAddress;
import besser.rig.connection.SshConnection;
import besser.rig.device.DeviceUnable;
import besser.rig.device.Progress;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A device that lets a user in who is not root, with and without sudo. */
class SudoTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static SshdInNamespace sshd;

  @BeforeAll
  static void start() throws IOException {
    sshd = new SshdInNamespace();
  }

  @AfterAll
  static void stop() throws IOException {
    sshd.close();
  }

  private static SshAddress withSudo(TestUser user) {
    return SshAddress.parse(sshd.url(user.name()) + "&sudo");
  }

  @Test
  @ResourceLock(value = Experiments.NAPI_THREADS, mode = ResourceAccessMode.READ)
  void runsAPlanAsAUserWithSudo(@TempDir Path dir) {
    LoadedPlan plan = Experiments.threadedNapi();
    Leftovers before = Leftovers.elsewhere();
    try (TestUser user = TestUser.withSudo()) {
      try (LinuxDevice device =
          LinuxDevice.ssh(withSudo(user), plan.plan().device(), new Experiments.Yes(), false)) {
        List<Finding> findings = device.preflight(plan.plan(), dir, Progress.NONE);
        assertTrue(
            findings.stream().noneMatch(f -> f.state() == Finding.State.BLOCKS),
            findings.toString());
        RunDirectory run = Experiments.run(dir.resolve("run"), plan, device, 1, 60);
        assertEquals(2, run.repetitions().size());
        for (RepetitionRecord repetition : run.repetitions()) {
          StepRecord last = repetition.steps().getLast();
          assertTrue(last.figure("sched_switch").orElseThrow().value() > 100, last.toString());
          assertTrue(last.figure("goodput").orElseThrow().value() > 1, last.toString());
          assertTrue(
              last.profileSamples() + last.profileIdleSamples() > 0, last.notes().toString());
        }
      }
      before.assertNothingMore();
    }
  }

  @Test
  void saysHowToLetAUserInWhomSudoRefuses() {
    try (TestUser user = TestUser.plain()) {
      assertTrue(refusal(withSudo(user)).contains("NOPASSWD"));
    }
  }

  @Test
  void saysHowToLetAUserInWhomSudoAsksForAPassword() {
    try (TestUser user = TestUser.withPassword()) {
      String said = refusal(withSudo(user));
      assertTrue(said.contains("a password is required"), said);
      assertTrue(said.contains(user.name() + " ALL=(root) NOPASSWD: ALL"), said);
    }
  }

  private static String refusal(SshAddress address) {
    DeviceUnable refused =
        assertThrows(DeviceUnable.class, () -> SshConnection.open(address).close());
    return String.valueOf(refused.getMessage());
  }

  @Test
  void saysHowToBecomeRootWhereSudoIsNotAskedFor(@TempDir Path dir) {
    LoadedPlan plan = Experiments.threadedNapi();
    try (TestUser user = TestUser.plain();
        LinuxDevice device =
            LinuxDevice.ssh(
                SshAddress.parse(sshd.url(user.name())),
                plan.plan().device(),
                new Experiments.Yes(),
                false)) {
      DeviceUnable refused =
          assertThrows(DeviceUnable.class, () -> device.preflight(plan.plan(), dir, Progress.NONE));
      String said = String.valueOf(refused.getMessage());
      assertTrue(said.contains("?sudo"), said);
    }
  }

  @Test
  void aUserWithoutSudoMayStillRunScripts() {
    try (TestUser user = TestUser.plain();
        SshConnection connection = SshConnection.open(SshAddress.parse(sshd.url(user.name())))) {
      assertEquals(user.name() + "\n", connection.run("id -un", LIMIT).out());
    }
  }
}
