package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.MICROSECOND;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.WAIT;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.still;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.Task;
import besser.kernel.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulingTest {

  private static void burn(Kernel kernel, long nanos) {
    long steps = nanos / (10 * MICROSECOND);
    for (long i = 0; i < steps; i++) kernel.clock().udelay(10);
  }

  private static TaskStats statsOf(Machine machine, String comm) {
    return machine.tasks().stream().filter(t -> t.comm().equals(comm)).findFirst().orElseThrow();
  }

  @Test
  void equalTasksShareACpuEqually() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      for (String name : List.of("a", "b")) {
        machine.kthread(name, BODY, on(0), () -> burn(kernel, 10 * SECOND));
      }
      machine.runUntil(SECOND);
      long a = statsOf(machine, "a").cpuNanos();
      long b = statsOf(machine, "b").cpuNanos();
      assertTrue(Math.abs(a - b) < 20 * MILLISECOND, a + " and " + b);
      assertTrue(statsOf(machine, "a").waitNanos() > 450 * MILLISECOND);
    }
  }

  @Test
  void niceTasksShareByWeight() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      machine.kthread("nice0", BODY, on(0), () -> burn(kernel, 10 * SECOND));
      machine.kthread("nice5", BODY, new TaskPlacement(5, 0, 0), () -> burn(kernel, 10 * SECOND));
      machine.runUntil(2 * SECOND);
      double ratio =
          (double) statsOf(machine, "nice0").cpuNanos() / statsOf(machine, "nice5").cpuNanos();
      assertEquals(1024.0 / 335, ratio, 0.3);
    }
  }

  @Test
  void realtimeTaskRunsBeforeFairOnes() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      machine.kthread(
          "fair",
          BODY,
          on(0),
          () -> {
            burn(kernel, 20 * MILLISECOND);
            order.add("fair");
          });
      machine.kthread(
          "fifo",
          BODY,
          new TaskPlacement(0, 50, 0),
          () -> {
            burn(kernel, 20 * MILLISECOND);
            order.add("fifo");
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("fifo", "fair"), order);
    }
  }

  @Test
  void unboundTasksSpreadOverIdleCpus() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      for (int i = 0; i < 4; i++) {
        machine.kthread(
            "task" + i, BODY, TaskPlacement.NORMAL, () -> burn(kernel, 100 * MILLISECOND));
      }
      machine.runUntil(105 * MILLISECOND);
      for (int i = 0; i < 4; i++) {
        long nanos = statsOf(machine, "task" + i).cpuNanos();
        assertTrue(nanos > 99 * MILLISECOND, "task" + i + " ran " + nanos);
      }
    }
  }

  @Test
  void idleCpuPullsAWaitingTask() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      machine.kthread("bound", BODY, on(0), () -> burn(kernel, 50 * MILLISECOND));
      machine.kthread("bound1", BODY, on(1), () -> burn(kernel, 10 * MILLISECOND));
      machine.kthread("free", BODY, TaskPlacement.NORMAL, () -> burn(kernel, 40 * MILLISECOND));
      machine.runUntil(60 * MILLISECOND);
      assertTrue(statsOf(machine, "free").cpuNanos() > 39 * MILLISECOND, "" + machine.tasks());
    }
  }

  @Test
  void sleeperPreemptsAtItsWakeUp() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> late = new ArrayList<>();
      machine.kthread("burner", BODY, on(0), () -> burn(kernel, 10 * SECOND));
      machine.kthread(
          "sleeper",
          BODY,
          on(0),
          () -> {
            for (int i = 0; i < 20; i++) {
              long due = kernel.clock().ktimeNanos() + 20 * MILLISECOND;
              kernel.clock().usleepRange(20_000, 20_000);
              late.add(kernel.clock().ktimeNanos() - due);
            }
          });
      machine.runUntil(SECOND);
      assertEquals(20, late.size());
      for (long nanos : late) assertTrue(nanos < 50 * MICROSECOND, "late by " + late);
    }
  }

  @Test
  void withoutKernelPreemptionAWokenTaskWaitsForABlockingPoint() {
    MachineConfig config = MachineConfig.timed(1, 1, CostModel.fixed(50));
    SchedulerConfig linux = SchedulerConfig.linux();
    SchedulerConfig voluntary =
        new SchedulerConfig(
            linux.latencyNanos(), linux.sliceNanos(), linux.wakeupGranularityNanos(), false, true);
    try (Machine machine = new Machine(config.withScheduler(voluntary))) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      machine.kthread(
          "sleeper",
          BODY,
          on(0),
          () -> {
            kernel.clock().usleepRange(5000, 5000);
            order.add("sleeper");
          });
      machine.kthread(
          "burner",
          BODY,
          on(0),
          () -> {
            burn(kernel, 50 * MILLISECOND);
            order.add("burner");
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("burner", "sleeper"), order);
    }
  }

  @Test
  void stillMachineRunsEachTaskUntilItBlocksInOrderOfWaking() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      List<String> order = new ArrayList<>();
      boolean[] flag = {false};
      machine.boot(
          () -> {
            for (int i = 0; i < 3; i++) {
              int mine = i;
              kernel.kthread(
                  "task",
                  BODY,
                  () -> {
                    order.add("begin " + mine);
                    queue.waitEvent(() -> flag[0]);
                    order.add("end " + mine);
                  });
            }
            order.add("created");
          });
      machine.runUntilIdle();
      assertEquals(List.of("created", "begin 0", "begin 1", "begin 2"), order);
      assertEquals(0, machine.nowNanos());
    }
  }

  @Test
  void stillMachineLetsNoTimePassUnlessAsked() {
    try (Machine machine = still()) {
      List<String> order = new ArrayList<>();
      machine.hardware().after(0, () -> order.add("now"));
      machine.hardware().after(MILLISECOND, () -> order.add("later"));
      machine.runUntilIdle();
      assertEquals(List.of("now"), order);
      machine.runUntil(SECOND);
      assertEquals(List.of("now", "later"), order);
    }
  }

  @Test
  void busyAndIdleTimeAddUpToTheTimeThatPassed() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      for (int i = 0; i < 6; i++) {
        machine.kthread(
            "task" + i,
            BODY,
            TaskPlacement.NORMAL,
            () -> {
              for (int j = 0; j < 50; j++) {
                burn(kernel, 500 * MICROSECOND);
                kernel.clock().usleepRange(300, 900);
              }
            });
      }
      machine.runUntil(SECOND);
      for (int cpu = 0; cpu < 4; cpu++) {
        assertEquals(SECOND, machine.profile().busyNanos(cpu) + machine.profile().idleNanos(cpu));
      }
    }
  }

  @Test
  void exceptionInSimulatedCodeNamesSeedContextAndStack() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      machine.boot(
          () -> {
            try (var _ = kernel.enter(BODY)) {
              throw new IllegalStateException("boom");
            }
          });
      SimulationFailure failure =
          assertThrows(SimulationFailure.class, () -> machine.runUntil(SECOND));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("boom"),
          String.valueOf(failure.getMessage()));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("seed 1"),
          String.valueOf(failure.getMessage()));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("init/1"),
          String.valueOf(failure.getMessage()));
      assertEquals("java.lang.IllegalStateException: boom", String.valueOf(failure.getCause()));
      assertTrue(failure.simulatedStack().contains(BODY), String.valueOf(failure.getMessage()));
    }
  }

  @Test
  void bugKillsTheTaskAndIsReported() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      boolean[] wentOn = {false};
      machine.boot(
          () -> {
            kernel.bug("bh.c:tx");
            wentOn[0] = true;
          });
      boolean[] otherRan = {false};
      machine.kthread("other", BODY, on(0), () -> otherRan[0] = true);
      machine.runUntil(SECOND);
      assertEquals(List.of("bh.c:tx"), machine.oopses());
      assertTrue(otherRan[0]);
      assertEquals(false, wentOn[0]);
    }
  }

  @Test
  void taskThatWaitsForeverIsReported() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      machine.kthread("stuck", BODY, on(0), () -> queue.waitEvent(() -> false));
      machine.boot(() -> kernel.systemWq().queue(kernel.work(BODY, () -> {})));
      List<Task> blocked = machine.runToEnd();
      assertEquals(List.of("stuck"), blocked.stream().map(Task::comm).toList());
    }
  }

  @Test
  void failedAllocationIsTheSchedulesChoice() {
    Schedule failing =
        new Schedule() {
          @Override
          public Mode mode() {
            return Mode.TIMED;
          }

          @Override
          public int choose(Choice choice) {
            return choice.site().equals("bad") ? 1 : 0;
          }
        };
    MachineConfig config = MachineConfig.timed(1, 1, CostModel.fixed(50)).withSchedule(failing);
    try (Machine machine = new Machine(config)) {
      Kernel kernel = machine.kernel();
      List<Boolean> present = new ArrayList<>();
      machine.boot(
          () -> {
            for (String site : List.of("good", "bad")) {
              present.add(kernel.memory().kmalloc(site, 64, besser.kernel.Gfp.ATOMIC).isPresent());
            }
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of(true, false), present);
      assertTrue(machine.hardware().occurs(new Fault("bad")));
    }
  }
}
