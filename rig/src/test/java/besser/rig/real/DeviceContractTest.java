package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.experiment.plan.Protocol;
import besser.rig.connection.SshAddress;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.StepRecord;
import besser.rig.simulated.SimulatedDevice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What every device does alike. */
@Execution(ExecutionMode.CONCURRENT)
class DeviceContractTest {
  private static final int QUICK = 60;

  private static final Progress STOPPED =
      new Progress() {
        @Override
        public void at(RepetitionId repetition, String step, double done, double total) {}

        @Override
        public boolean stopRequested() {
          return true;
        }
      };

  @Test
  void holdsForASimulatedDevice(@TempDir Path dir) {
    LoadedPlan plan = PlanReader.read(Path.of("..", "plans", "patch-c.yaml"));
    try (Device device =
        new SimulatedDevice("sim:pinetab2", Path.of("..", "profiles", "pinetab2.yaml"))) {
      holds(device, plan, dir, true);
    }
  }

  @Test
  @ResourceLock(Leftovers.THIS_MACHINE)
  @ResourceLock(value = Experiments.NAPI_THREADS, mode = ResourceAccessMode.READ)
  void holdsForThisMachine(@TempDir Path dir) {
    LoadedPlan plan = Experiments.threadedNapi();
    try (Device device = LinuxDevice.local(plan.plan().device(), new Experiments.Yes(), false)) {
      holds(device, plan, dir, false);
    }
  }

  @Test
  @ResourceLock(value = Experiments.NAPI_THREADS, mode = ResourceAccessMode.READ)
  void holdsForADeviceOverSsh(@TempDir Path dir) throws Exception {
    LoadedPlan plan = Experiments.threadedNapi();
    try (SshdInNamespace sshd = new SshdInNamespace();
        Device device =
            LinuxDevice.ssh(
                SshAddress.parse(sshd.url()), plan.plan().device(), new Experiments.Yes(), false)) {
      holds(device, plan, dir, false);
    }
  }

  private static void holds(Device device, LoadedPlan plan, Path dir, boolean simulated) {
    Protocol protocol = plan.plan().protocol();
    assertEquals(simulated, device.simulated());
    assertEquals(simulated, !device.profileHash().equals("none"));
    assertTrue(device.parallelRepetitions() >= 1);
    assertTrue(
        device
            .variants()
            .containsAll(List.of(protocol.baselineVariant(), protocol.patchedVariant())));
    RunDirectory into = RunDirectory.create(dir.resolve("run"));
    RepetitionId id = new RepetitionId(protocol.patchedVariant(), 2);
    RepetitionRequest request = new RepetitionRequest(plan.plan(), "patched", id, 7, QUICK);
    assertThrows(RepetitionStopped.class, () -> device.run(request, into, STOPPED));
    RepetitionRecord record = device.run(request, into, Progress.NONE);
    assertEquals(id, record.id());
    assertEquals("patched", record.arm());
    assertEquals(
        protocol.ramp().stream().map(Protocol.Step::id).toList(),
        record.steps().stream().map(StepRecord::step).toList());
    for (StepRecord step : record.steps()) {
      assertTrue(step.figure("goodput").isPresent(), step.toString());
      assertTrue(step.series("goodput").isPresent(), step.toString());
    }
  }
}
