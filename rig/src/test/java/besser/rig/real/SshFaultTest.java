package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.rig.connection.SshAddress;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A device over ssh that is cut off, loses power or is rebooted. */
@Execution(ExecutionMode.CONCURRENT)
class SshFaultTest {
  private static final int SHORT = 10;

  private static RepetitionRecord run(
      SshdInNamespace sshd, LoadedPlan plan, Operator operator, Path root, Progress progress) {
    RunDirectory into = RunDirectory.create(root);
    RepetitionRequest request =
        new RepetitionRequest(plan.plan(), "baseline", new RepetitionId("softirq", 1), 1, SHORT);
    try (Device device =
        LinuxDevice.ssh(SshAddress.parse(sshd.url()), plan.plan().device(), operator, false)) {
      return device.run(request, into, progress);
    }
  }

  @Test
  void runsARepetitionAgainThatADisconnectCutOff(@TempDir Path dir) throws Exception {
    Leftovers before = Leftovers.elsewhere();
    try (SshdInNamespace sshd = new SshdInNamespace()) {
      Path root = dir.resolve("run");
      RepetitionRecord record =
          run(
              sshd,
              Experiments.threadedNapi(),
              new Experiments.Yes(),
              root,
              new FaultAt("10MBps", 0, sshd::killSessions));
      wasRunAgain(record, root);
      assertEquals(1, record.conditions().size(), record.conditions().toString());
    }
    before.assertNothingMore();
  }

  @Test
  void runsARepetitionAgainThatAPowerCutCutOff(@TempDir Path dir) throws Exception {
    Leftovers before = Leftovers.elsewhere();
    try (SshdInNamespace sshd = new SshdInNamespace()) {
      Path root = dir.resolve("run");
      Runnable powerCut =
          () -> {
            sshd.powerOff();
            sshd.powerOn();
          };
      RepetitionRecord record =
          run(
              sshd,
              Experiments.threadedNapi(),
              new Experiments.Yes(),
              root,
              new FaultAt("10MBps", 0, powerCut));
      wasRunAgain(record, root);
      assertTrue(record.conditions().getLast().contains("rebooted"), record.conditions()::toString);
    }
    before.assertNothingMore();
  }

  private static void wasRunAgain(RepetitionRecord record, Path root) throws IOException {
    assertEquals(3, record.steps().size());
    assertTrue(
        record.conditions().getFirst().startsWith("attempt 1 was cut off"),
        record.conditions()::toString);
    String attempt = Files.readString(root.resolve("reps/softirq-1/attempt-1.json"));
    assertTrue(attempt.contains("2MBps"), "what was measured before is kept");
  }

  /** An operator who does what is asked by rebooting the device into another state. */
  private static final class Rebooting implements Operator {
    private final SshdInNamespace sshd;
    private final Path sign;
    private int asked;

    Rebooting(SshdInNamespace sshd, Path sign) {
      this.sshd = sshd;
      this.sign = sign;
    }

    @Override
    public boolean allows(String where, List<String> commands) {
      return true;
    }

    @Override
    public void toDo(String what) {
      if (asked++ > 0) return;
      sshd.powerOff();
      try {
        Files.writeString(sign, "installed\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      sshd.powerOn();
    }

    @Override
    public void note(String line) {}
  }

  @Test
  void goesOnByItselfWhenTheOperatorHasRebootedTheDevice(@TempDir Path dir) throws Exception {
    Leftovers before = Leftovers.elsewhere();
    Path sign = Files.writeString(dir.resolve("module"), "none\n");
    String enter = "enter: [\"echo 0 > /sys/class/net/${interface}/threaded\"]";
    String file = "{file: \"/sys/class/net/${interface}/threaded\", is: \"0\"}";
    String text = Experiments.threadedNapi().text();
    assertTrue(text.contains(enter) && text.contains(file));
    Path plan =
        Files.writeString(
            dir.resolve("threaded-napi.yaml"),
            text.replace(enter, "operator: install the other module and reboot")
                .replace(file, "{file: \"%s\", is: installed}".formatted(sign)));
    try (SshdInNamespace sshd = new SshdInNamespace()) {
      Rebooting operator = new Rebooting(sshd, sign);
      RepetitionRecord record =
          run(sshd, PlanReader.read(plan), operator, dir.resolve("run"), Progress.NONE);
      assertEquals(3, record.steps().size());
      assertEquals(List.of(), record.conditions(), "what was asked for is no fault");
      assertEquals(1, operator.asked);
    }
    before.assertNothingMore();
  }
}
