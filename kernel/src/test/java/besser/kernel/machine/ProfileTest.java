package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.SpinLock;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.SamplerConfig;
import org.junit.jupiter.api.Test;

final class ProfileTest {
  private static final KernelFunction SECTION = KernelFunction.of("test", "section");
  private static final KernelFunction OUTSIDE = KernelFunction.of("test", "outside");

  private static long samplesOf(CallNode node, String function) {
    long sum = 0;
    if (!node.isRoot() && node.function().name().equals(function)) sum += node.samples();
    for (CallNode child : node.children()) sum += samplesOf(child, function);
    return sum;
  }

  private static void assertNear(long expected, long actual, long tolerance) {
    assertTrue(
        Math.abs(expected - actual) <= tolerance, "expected about " + expected + ", got " + actual);
  }

  /** Half of the time under an irqsave lock, half outside, one second long. */
  private static Machine halfUnderALock(SamplerConfig sampler) {
    Machine machine =
        new Machine(MachineConfig.timed(1, 1, CostModel.fixed(50)).withSampler(sampler));
    Kernel kernel = machine.kernel();
    SpinLock lock = kernel.spinLock(LOCK);
    machine.profile().enable();
    machine.kthread(
        "burner",
        BODY,
        on(0),
        () -> {
          while (true) {
            lock.lockIrqsave();
            try (var _ = kernel.enter(SECTION)) {
              machine.consume(7_000);
            }
            lock.unlockIrqrestore();
            try (var _ = kernel.enter(OUTSIDE)) {
              machine.consume(7_000);
            }
          }
        });
    machine.runUntil(SECOND);
    return machine;
  }

  @Test
  void withNmisSamplesFallWhereTimeIsSpent() {
    SamplerConfig nmi = new SamplerConfig(4000, SamplerConfig.Event.CYCLES, false);
    try (Machine machine = halfUnderALock(nmi)) {
      long section = samplesOf(machine.profile().root(), "section");
      long outside = samplesOf(machine.profile().root(), "outside");
      assertNear(2000, section, 150);
      assertNear(2000, outside, 150);
      assertTrue(samplesOf(machine.profile().root(), "_raw_spin_unlock_irqrestore") < 100);
    }
  }

  @Test
  void withoutNmisSamplesSkidToWhereInterruptsAreEnabled() {
    try (Machine machine = halfUnderALock(SamplerConfig.arm64())) {
      assertEquals(0, samplesOf(machine.profile().root(), "section"));
      assertNear(2000, samplesOf(machine.profile().root(), "_raw_spin_unlock_irqrestore"), 150);
      assertNear(4000, machine.profile().busySamples(), 10);
    }
  }

  @Test
  void severalPeriodsWithInterruptsOffAreOneSample() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 1, CostModel.fixed(0)))) {
      Kernel kernel = machine.kernel();
      machine.profile().enable();
      machine.boot(
          () -> {
            kernel.localIrqSave();
            try (var _ = kernel.enter(SECTION)) {
              machine.consume(2_000_000);
            }
            try (var _ = kernel.enter(OUTSIDE)) {
              kernel.localIrqRestore();
            }
          });
      machine.runUntil(SECOND);
      assertEquals(1, machine.profile().busySamples());
      assertEquals(1, samplesOf(machine.profile().root(), "outside"));
    }
  }

  @Test
  void aSampleHeldOffByAnInterruptOfTheIdleTaskIsIdle() {
    try (Machine machine = interruptedForFourPeriods(false)) {
      assertEquals(0, machine.profile().busySamples());
      assertEquals(1, machine.profile().idleSamples(0));
      assertEquals(1, samplesOf(machine.profile().root(), "cpuidle_enter_state"));
    }
  }

  @Test
  void aSampleHeldOffByAnInterruptOfATaskIsTheTasks() {
    try (Machine machine = interruptedForFourPeriods(true)) {
      assertEquals(1, machine.profile().busySamples());
      assertEquals(0, machine.profile().idleSamples(0));
      assertEquals(0, samplesOf(machine.profile().root(), "cpuidle_enter_state"));
    }
  }

  /** A handler of a millisecond at 4 kHz, on a CPU that is else idle or runs 100 us of a task. */
  private static Machine interruptedForFourPeriods(boolean inTask) {
    Machine machine = new Machine(MachineConfig.timed(1, 1, CostModel.fixed(0)));
    IrqLine line = machine.hardware().irqLine(7, "device", 0);
    line.requestIrq(BODY, () -> machine.consume(1_000_000));
    machine.profile().enable();
    machine.hardware().after(30_000, line::raise);
    if (inTask) {
      machine.boot(() -> machine.kernel().clock().udelay(100));
    }
    machine.runUntil(SECOND);
    return machine;
  }

  @Test
  void cyclesDoNotCountIdleTime() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 2, CostModel.fixed(0)))) {
      machine.profile().enable();
      machine.kthread("burner", BODY, on(1), () -> machine.consume(SECOND / 4));
      machine.runUntil(SECOND);
      assertEquals(0, machine.profile().busySamples(0));
      assertEquals(1000, machine.profile().busySamples(1));
      assertEquals(0, machine.profile().idleSamples(0));
      assertEquals(SECOND, machine.profile().idleNanos(0));
      assertEquals(3 * SECOND / 4, machine.profile().idleNanos(1));
    }
  }

  @Test
  void cpuClockSamplesIdleToo() {
    SamplerConfig clock = new SamplerConfig(1000, SamplerConfig.Event.CPU_CLOCK, true);
    MachineConfig config = MachineConfig.timed(1, 1, CostModel.fixed(0)).withSampler(clock);
    try (Machine machine = new Machine(config)) {
      machine.profile().enable();
      machine.boot(() -> machine.consume(SECOND / 4));
      machine.runUntil(SECOND);
      assertEquals(250, machine.profile().busySamples(0));
      assertEquals(750, machine.profile().idleSamples(0));
      assertEquals(750, samplesOf(machine.profile().root(), "cpuidle_enter_state"));
    }
  }

  @Test
  void samplingCanBeWindowed() {
    try (Machine machine = new Machine(MachineConfig.timed(1, 1, CostModel.fixed(0)))) {
      Kernel kernel = machine.kernel();
      machine.boot(
          () -> {
            while (true) kernel.clock().udelay(10);
          });
      machine.runUntil(SECOND / 4);
      assertEquals(0, machine.profile().busySamples());
      machine.profile().enable();
      machine.runUntil(SECOND / 2);
      machine.profile().disable();
      machine.runUntil(SECOND);
      assertNear(1000, machine.profile().busySamples(), 1);
    }
  }

  @Test
  void timeBelongsToTheInnermostFunctionAndStacksAreKept() {
    MachineConfig config =
        MachineConfig.timed(1, 1, CostModel.fixed(0)).withSampler(Fixtures.EVERY_NANOSECOND);
    try (Machine machine = new Machine(config)) {
      Kernel kernel = machine.kernel();
      machine.profile().enable();
      machine.boot(
          () -> {
            try (var _ = kernel.enter(OUTSIDE)) {
              machine.consume(100);
              try (var _ = kernel.enter(SECTION)) {
                machine.consume(200);
              }
              machine.consume(300);
            }
          });
      machine.runUntil(SECOND);
      CallNode root = machine.profile().root();
      assertEquals(400, LockTest.nanosIn(root, "outside"));
      assertEquals(200, LockTest.nanosIn(root, "section"));
      CallNode init =
          root.child(Functions.RET_FROM_FORK).child(Functions.KTHREAD).child(Functions.KERNEL_INIT);
      CallNode section = init.child(OUTSIDE).child(SECTION);
      assertEquals(200, section.samples());
      assertEquals(
          java.util.List.of(
              SECTION, OUTSIDE, Functions.KERNEL_INIT, Functions.KTHREAD, Functions.RET_FROM_FORK),
          section.stack());
    }
  }

  @Test
  void callsTooDeepOverflowTheKernelStack() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      machine.boot(() -> call(kernel, 1000));
      SimulationFailure failure =
          assertThrows(SimulationFailure.class, () -> machine.runUntil(SECOND));
      assertTrue(String.valueOf(failure.getMessage()).contains("kernel stack overflow"));
    }
  }

  private static void call(Kernel kernel, int deep) {
    if (deep == 0) return;
    try (var _ = kernel.enter(SECTION)) {
      call(kernel, deep - 1);
    }
  }
}
