package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.HANDLER;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.MICROSECOND;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.TASKLET_FN;
import static besser.kernel.machine.Fixtures.THREAD_FN;
import static besser.kernel.machine.Fixtures.WAIT;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.WaitQueue;
import besser.kernel.observe.Context;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptTest {

  @Test
  void interruptRunsOnTopOfTheTaskItInterrupts() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> seen = new ArrayList<>();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(
          HANDLER, () -> seen.add(machine.context().name() + " on " + kernel.current().comm()));
      machine.hardware().after(100 * MICROSECOND, line::raise);
      machine.boot(() -> kernel.clock().udelay(500));
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("hardirq/0 on init"), seen);
    }
  }

  @Test
  void interruptTakesTimeFromTheTask() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(HANDLER, () -> kernel.clock().udelay(50));
      machine.hardware().after(100 * MICROSECOND, line::raise);
      long[] took = {0};
      machine.boot(
          () -> {
            long start = kernel.clock().ktimeNanos();
            kernel.clock().udelay(500);
            took[0] = kernel.clock().ktimeNanos() - start;
          });
      machine.runUntil(MILLISECOND);
      assertTrue(took[0] >= 550 * MICROSECOND && took[0] < 552 * MICROSECOND, "took " + took[0]);
    }
  }

  @Test
  void interruptWaitsWhileInterruptsAreOff() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> at = new ArrayList<>();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(HANDLER, () -> at.add(kernel.clock().ktimeNanos()));
      machine.hardware().after(100 * MICROSECOND, line::raise);
      long[] enabled = {0};
      machine.boot(
          () -> {
            kernel.localIrqSave();
            kernel.clock().udelay(300);
            kernel.localIrqSave();
            kernel.localIrqRestore();
            assertTrue(at.isEmpty());
            enabled[0] = kernel.clock().ktimeNanos();
            kernel.localIrqRestore();
            assertEquals(1, at.size());
          });
      machine.runUntil(MILLISECOND);
      assertTrue(at.getFirst() >= enabled[0], "handled at " + at);
    }
  }

  @Test
  void irqsaveLockHoldsInterruptsOff() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      List<String> order = new ArrayList<>();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(HANDLER, () -> order.add("irq"));
      machine.hardware().after(100 * MICROSECOND, line::raise);
      machine.boot(
          () -> {
            lock.lockIrqsave();
            kernel.clock().udelay(300);
            order.add("unlocking");
            lock.unlockIrqrestore();
            order.add("unlocked");
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("unlocking", "irq", "unlocked"), order);
    }
  }

  @Test
  void raisingTwiceBeforeDeliveryIsOneInterrupt() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      int[] handled = {0};
      line.requestIrq(HANDLER, () -> handled[0]++);
      machine.hardware().after(10 * MICROSECOND, line::raise);
      machine.hardware().after(20 * MICROSECOND, line::raise);
      machine.boot(
          () -> {
            kernel.localIrqSave();
            kernel.clock().udelay(50);
            kernel.localIrqRestore();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(1, handled[0]);
      assertEquals(1, line.count());
    }
  }

  @Test
  void disabledLineKeepsItsInterruptPending() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      List<String> order = new ArrayList<>();
      line.requestIrq(HANDLER, () -> order.add("irq"));
      machine.hardware().after(10 * MICROSECOND, line::raise);
      machine.boot(
          () -> {
            line.disable();
            kernel.clock().udelay(50);
            order.add("enable");
            line.enable();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("enable", "irq"), order);
    }
  }

  @Test
  void interruptGoesToTheCpuOfItsLine() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      List<Integer> cpus = new ArrayList<>();
      for (int cpu = 0; cpu < 4; cpu++) {
        IrqLine line = machine.hardware().irqLine(40 + cpu, "dev", cpu);
        line.requestIrq(HANDLER, () -> cpus.add(kernel.smpProcessorId()));
        machine.hardware().after((cpu + 1) * MILLISECOND, line::raise);
      }
      machine.runUntil(SECOND);
      assertEquals(List.of(0, 1, 2, 3), cpus);
    }
  }

  @Test
  void wakeUpFromAnInterruptPreemptsAtItsEnd() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      boolean[] flag = {false};
      List<String> order = new ArrayList<>();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(
          HANDLER,
          () -> {
            flag[0] = true;
            queue.wakeUp();
            order.add("irq ends");
          });
      machine.kthread(
          "sleeper",
          BODY,
          on(0),
          () -> {
            queue.waitEvent(() -> flag[0]);
            order.add("sleeper runs");
          });
      machine.kthread(
          "burner",
          BODY,
          on(0),
          () -> {
            kernel.clock().udelay(20_000);
            order.add("burner ends");
          });
      machine.hardware().after(10 * MILLISECOND, line::raise);
      machine.runUntil(SECOND);
      assertEquals(List.of("irq ends", "sleeper runs", "burner ends"), order);
    }
  }

  @Test
  void threadedHandlerRunsAsFifoTaskAndKeepsTheLineMasked() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestThreadedIrq(
          HANDLER,
          () -> {
            order.add("primary");
            return true;
          },
          THREAD_FN,
          () -> {
            order.add(kernel.current().comm());
            kernel.clock().usleepRange(1000, 1000);
            order.add("thread ends");
          });
      machine.hardware().after(100 * MICROSECOND, line::raise);
      machine.hardware().after(300 * MICROSECOND, line::raise);
      machine.boot(() -> kernel.clock().udelay(50_000));
      machine.runUntil(SECOND);
      assertEquals(
          List.of("primary", "irq/40-dev", "thread ends", "primary", "irq/40-dev", "thread ends"),
          order);
    }
  }

  @Test
  void softirqRunsOnInterruptExit() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      Tasklet tasklet =
          kernel.tasklet(TASKLET_FN, () -> order.add("tasklet in " + machine.context().kind()));
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(
          HANDLER,
          () -> {
            tasklet.schedule();
            order.add("irq ends");
          });
      machine.hardware().after(100 * MICROSECOND, line::raise);
      machine.boot(
          () -> {
            kernel.clock().udelay(500);
            order.add("task goes on");
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("irq ends", "tasklet in SOFTIRQ", "task goes on"), order);
    }
  }

  @Test
  void softirqRunsWhenBhIsEnabledAgain() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      Tasklet tasklet = kernel.tasklet(TASKLET_FN, () -> order.add("tasklet"));
      SpinLock lock = kernel.spinLock(LOCK);
      machine.boot(
          () -> {
            lock.lockBh();
            kernel.localBhDisable();
            tasklet.schedule();
            kernel.localBhEnable();
            order.add("still held");
            lock.unlockBh();
            order.add("unlocked");
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("still held", "tasklet", "unlocked"), order);
    }
  }

  @Test
  void softirqRaisedInTaskContextRunsInKsoftirqd() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> ran = new ArrayList<>();
      Tasklet tasklet = kernel.tasklet(TASKLET_FN, () -> ran.add(kernel.current().comm()));
      machine.boot(tasklet::schedule);
      machine.runUntil(SECOND);
      assertEquals(List.of("ksoftirqd/0"), ran);
    }
  }

  @Test
  void softirqThatKeepsRaisingItselfGoesToKsoftirqd() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> ran = new ArrayList<>();
      Tasklet[] tasklet = new Tasklet[1];
      tasklet[0] =
          kernel.tasklet(
              TASKLET_FN,
              () -> {
                ran.add(kernel.current().comm());
                if (ran.size() < 30) tasklet[0].schedule();
              });
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(HANDLER, () -> tasklet[0].schedule());
      machine.hardware().after(100 * MICROSECOND, line::raise);
      machine.boot(() -> kernel.clock().udelay(100_000));
      machine.runUntil(SECOND);
      assertEquals(30, ran.size());
      // Ten rounds on interrupt exit; one more at a tick that also wants to reschedule.
      assertTrue(ran.subList(0, 10).stream().allMatch("init"::equals), "ran in " + ran);
      assertTrue(ran.stream().filter("ksoftirqd/0"::equals).count() >= 15, "ran in " + ran);
    }
  }

  @Test
  void taskletRunsOnTheCpuThatScheduledIt() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      List<Integer> cpus = new ArrayList<>();
      for (int cpu = 0; cpu < 4; cpu++) {
        Tasklet tasklet = kernel.tasklet(TASKLET_FN, () -> cpus.add(kernel.smpProcessorId()));
        int delay = 10 * (cpu + 1);
        machine.kthread(
            "scheduler",
            BODY,
            on(cpu),
            () -> {
              kernel.clock().msleep(delay);
              tasklet.schedule();
            });
      }
      machine.runUntil(SECOND);
      assertEquals(List.of(0, 1, 2, 3), cpus);
    }
  }

  @Test
  void taskletScheduledTwiceBeforeItRunsRunsOnce() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      int[] runs = {0};
      Tasklet tasklet = kernel.tasklet(TASKLET_FN, () -> runs[0]++);
      machine.boot(
          () -> {
            kernel.localBhDisable();
            tasklet.schedule();
            tasklet.schedule();
            kernel.localBhEnable();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(1, runs[0]);
    }
  }

  @Test
  void taskletNeverRunsInParallelWithItself() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      int[] inside = {0};
      int[] runs = {0};
      Tasklet tasklet =
          kernel.tasklet(
              TASKLET_FN,
              () -> {
                assertEquals(1, ++inside[0]);
                kernel.clock().udelay(100);
                inside[0]--;
                runs[0]++;
              });
      for (int cpu = 0; cpu < 2; cpu++) {
        machine.kthread(
            "scheduler",
            BODY,
            on(cpu),
            () -> {
              for (int i = 0; i < 100; i++) {
                kernel.localBhDisable();
                tasklet.schedule();
                kernel.localBhEnable();
                kernel.clock().udelay(30);
              }
            });
      }
      machine.runUntil(SECOND);
      assertTrue(runs[0] > 50, "runs " + runs[0]);
    }
  }

  @Test
  void hiTaskletGoesBeforeOthers() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      Tasklet normal = kernel.tasklet(TASKLET_FN, () -> order.add("normal"));
      Tasklet high = kernel.tasklet(TASKLET_FN, () -> order.add("hi"));
      machine.boot(
          () -> {
            kernel.localBhDisable();
            normal.schedule();
            high.hiSchedule();
            kernel.localBhEnable();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("hi", "normal"), order);
    }
  }

  @Test
  void taskletKillWaitsUntilItHasRun() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      Tasklet tasklet = kernel.tasklet(TASKLET_FN, () -> order.add("ran"));
      machine.boot(
          () -> {
            tasklet.schedule();
            tasklet.kill();
            order.add("killed");
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("ran", "killed"), order);
    }
  }

  @Test
  void subsystemSoftirqRunsInItsOrder() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      machine.openSoftirq(Softirq.NET_RX, BODY, () -> order.add("rx"));
      machine.openSoftirq(Softirq.NET_TX, BODY, () -> order.add("tx"));
      machine.boot(
          () -> {
            kernel.localBhDisable();
            machine.raiseSoftirq(Softirq.NET_RX);
            machine.raiseSoftirq(Softirq.NET_TX);
            assertEquals(Context.Kind.TASK, machine.context().kind());
            kernel.localBhEnable();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("tx", "rx"), order);
    }
  }

  @Test
  void idleCpuTakesInterruptsAfterItsExitLatency() {
    CostModel costs = new FixedCosts(besser.kernel.random.Distribution.fixed(1000), 0);
    try (Machine machine = new Machine(MachineConfig.timed(1, 1, costs))) {
      Kernel kernel = machine.kernel();
      long[] at = {0};
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(HANDLER, () -> at[0] = kernel.clock().ktimeNanos());
      machine.hardware().after(MILLISECOND, line::raise);
      machine.runUntil(2 * MILLISECOND);
      // Exit latency, el1_interrupt, gic_handle_irq, handle_irq_event and the handler.
      assertEquals(MILLISECOND + 5000, at[0]);
    }
  }
}
