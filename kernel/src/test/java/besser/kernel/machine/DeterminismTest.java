package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.KernelFunction;
import besser.kernel.fiber.FiberBackend;
import besser.kernel.observe.Observer;
import besser.kernel.observe.Tracepoint;
import besser.kernel.random.Distribution;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class DeterminismTest {

  /** Costs that differ from call to call. */
  private static final CostModel NOISY =
      new CostModel() {
        private final Distribution call = Distribution.lognormal(120, 0.6);
        private final Distribution latency = Distribution.lognormal(2000, 0.4);

        @Override
        public Distribution of(KernelFunction function) {
          return call;
        }

        @Override
        public double copyNanosPerByte() {
          return 0.3;
        }

        @Override
        public double zeroNanosPerByte() {
          return 0.1;
        }

        @Override
        public Distribution idleExit() {
          return latency;
        }

        @Override
        public Distribution ipi() {
          return latency;
        }
      };

  private record Outcome(long hash, long delivered, long busyNanos, int logLines) {}

  private static Outcome run(long seed, FiberBackend backend, Consumer<Machine> preparation) {
    MachineConfig config = MachineConfig.timed(seed, 4, NOISY).withFibers(backend);
    try (Machine machine = new Machine(config)) {
      preparation.accept(machine);
      Workload workload = new Workload(machine);
      workload.start();
      machine.runUntil(SECOND / 2);
      return new Outcome(
          machine.eventHash(),
          workload.delivered(),
          machine.profile().busyNanos(0),
          machine.log().size());
    }
  }

  @Test
  void sameSeedGivesTheSameRun() {
    Outcome first = run(7, FiberBackend.fastest(), machine -> {});
    assertEquals(first, run(7, FiberBackend.fastest(), machine -> {}));
    assertTrue(first.delivered() > 500, "delivered " + first.delivered());
    assertEquals(0, first.logLines());
  }

  @Test
  void anotherSeedGivesAnotherRun() {
    assertNotEquals(
        run(7, FiberBackend.fastest(), machine -> {}).hash(),
        run(8, FiberBackend.fastest(), machine -> {}).hash());
  }

  @Test
  void bothFiberBackendsGiveTheSameRun() {
    assertEquals(
        run(7, FiberBackend.fastest(), machine -> {}),
        run(7, FiberBackend.VIRTUAL_THREAD, machine -> {}));
  }

  @Test
  void observersTracepointsAndSamplesChangeNothing() {
    int[] seen = {0};
    Outcome watched =
        run(
            7,
            FiberBackend.fastest(),
            machine -> {
              machine.observe(new Observer() {});
              machine.observe(new Observer() {});
              for (Tracepoint point : machine.tracepoints().all()) {
                machine.tracepoints().enable(point.qualifiedName(), record -> seen[0]++);
              }
              machine.profile().enable();
            });
    assertEquals(run(7, FiberBackend.fastest(), machine -> {}), watched);
    assertTrue(seen[0] > 10_000, "saw " + seen[0]);
  }

  @Test
  void runningInPiecesGivesTheSameRun() {
    MachineConfig config = MachineConfig.timed(7, 4, NOISY);
    try (Machine machine = new Machine(config)) {
      Workload workload = new Workload(machine);
      workload.start();
      for (long t = 0; t <= SECOND / 2; t += 1_234_567) machine.runUntil(t);
      machine.runUntil(SECOND / 2);
      Outcome whole = run(7, FiberBackend.fastest(), m -> {});
      assertEquals(whole.delivered(), workload.delivered());
      assertEquals(whole.hash(), machine.eventHash());
    }
  }
}
