package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.rig.connection.SshAddress;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.LiveStep;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunDirectory;
import besser.rig.run.WatchPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code besser watch} is shown of a step that runs on a real device. */
@Execution(ExecutionMode.CONCURRENT)
class LiveDeviceTest {
  /** Never waited for: the step is stopped as soon as everything has shown itself. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

  /** Watches a run from another place until everything has been shown. */
  private static final class UntilShown implements Progress {
    private final WatchPoint watchPoint;
    private Optional<LiveStep> last = Optional.empty();
    private boolean all;

    UntilShown(RunDirectory run) {
      this.watchPoint = new WatchPoint(run.root());
    }

    @Override
    public synchronized void at(RepetitionId id, String step, double done, double total) {
      watchPoint.watch();
      List<WatchPoint.Seen> steps = watchPoint.steps();
      if (steps.isEmpty()) return;
      LiveStep shown = steps.getFirst().step();
      last = Optional.of(shown);
      all =
          shown.goodputBytesPerSecond().stream().anyMatch(rate -> rate > 1e6)
              && shown.rates().stream().anyMatch(r -> isRate(r, "sched_switch"))
              && shown.rates().stream().anyMatch(r -> isRate(r, "net_rx_entries"))
              && !shown.symbols().isEmpty();
    }

    private static boolean isRate(LiveStep.Rate rate, String metric) {
      return rate.metric().equals(metric) && rate.value() > 0;
    }

    @Override
    public synchronized boolean stopRequested() {
      return all;
    }
  }

  private static void showsItself(Device device, LoadedPlan plan, Path dir) {
    RunDirectory into = RunDirectory.create(dir.resolve("run"));
    UntilShown watching = new UntilShown(into);
    RepetitionRequest request =
        new RepetitionRequest(plan.plan(), "baseline", new RepetitionId("softirq", 1), 1, 1);
    assertThrows(RepetitionStopped.class, () -> device.run(request, into, watching));
    LiveStep last = watching.last.orElseThrow();
    assertEquals("20MBps", last.step());
    assertEquals((double) LONG_ENOUGH.toSeconds(), last.stepProgress().ofSeconds());
    assertTrue(last.samples() > 0, last.toString());
    assertTrue(
        last.symbols().stream().allMatch(s -> s.share() > 0 && s.share() <= 1), last.toString());
    assertEquals(List.of(), new WatchPoint(into.root()).steps(), "a step that ended is shown");
  }

  @Test
  @ResourceLock(Leftovers.THIS_MACHINE)
  void ratesAndFunctionsOfThisMachineAreShown(@TempDir Path dir) throws IOException {
    LoadedPlan plan = Experiments.threadedNapi(dir, LONG_ENOUGH);
    Leftovers before = Leftovers.onThisMachine();
    try (Device device = LinuxDevice.local(plan.plan().device(), new Experiments.Yes(), false)) {
      showsItself(device, plan, dir);
    }
    before.assertNothingMore();
  }

  @Test
  void ratesAndFunctionsOfADeviceOverSshAreShown(@TempDir Path dir) throws IOException {
    LoadedPlan plan = Experiments.threadedNapi(dir, LONG_ENOUGH);
    Leftovers before = Leftovers.elsewhere();
    try (SshdInNamespace sshd = new SshdInNamespace();
        Device device =
            LinuxDevice.ssh(
                SshAddress.parse(sshd.url()), plan.plan().device(), new Experiments.Yes(), false)) {
      showsItself(device, plan, dir);
    }
    before.assertNothingMore();
  }
}
