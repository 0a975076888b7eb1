package besser.kernel.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.KernelFunction;
import besser.kernel.background.BackgroundSource.Kind;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundLoadTest {
  private static final KernelFunction COMMIT = KernelFunction.vmlinux("commit_work");
  private static final KernelFunction SHELL = KernelFunction.of("sshd", "main");

  private static BackgroundSource source(Kind kind, KernelFunction function, double rate) {
    return new BackgroundSource(kind, function, rate, 0);
  }

  private static long works(Machine machine) {
    long[] count = {0};
    machine.tracepoints().enable("workqueue:workqueue_execute_start", _ -> count[0]++);
    machine.runUntil(2_000_000_000);
    return count[0];
  }

  @Test
  void workItemsRunAtTheirRate() {
    Machine machine = new Machine(MachineConfig.timed(1, 4, CostModel.fixed(500)));
    BackgroundLoad.start(
        machine,
        List.of(
            source(Kind.WORK, COMMIT, 1000),
            source(Kind.UNBOUND_WORK, COMMIT, 500),
            source(Kind.HIGHPRI_WORK, COMMIT, 500)),
        100);
    long works = works(machine);
    assertTrue(works > 3_700 && works < 4_300, "works " + works);
  }

  @Test
  void programsAreWokenAtTheirRate() {
    Machine machine = new Machine(MachineConfig.timed(1, 4, CostModel.fixed(500)));
    BackgroundLoad.start(machine, List.of(source(Kind.PROGRAM, SHELL, 200)), 100);
    long[] wakes = {0};
    machine
        .tracepoints()
        .enable(
            "sched:sched_wakeup",
            r -> {
              if (r.text(r.tracepoint().field("comm")).equals("main")) wakes[0]++;
            });
    machine.runUntil(5_000_000_000L);
    assertTrue(wakes[0] > 850 && wakes[0] < 1_150, "wakes " + wakes[0]);
  }

  @Test
  void anotherSourceMovesNoOther() {
    Machine alone = new Machine(MachineConfig.timed(1, 1, CostModel.free()));
    BackgroundLoad.start(alone, List.of(source(Kind.WORK, COMMIT, 100)), 100);
    Machine both = new Machine(MachineConfig.timed(1, 1, CostModel.free()));
    BackgroundLoad.start(
        both, List.of(source(Kind.WORK, COMMIT, 100), source(Kind.INTERRUPT, SHELL, 100)), 100);
    assertEquals(works(alone), works(both));
  }

  @Test
  void rejectsARateThatIsNotPositive() {
    assertThrows(IllegalArgumentException.class, () -> source(Kind.WORK, COMMIT, 0));
    assertThrows(IllegalArgumentException.class, () -> source(Kind.WORK, COMMIT, Double.NaN));
  }
}
