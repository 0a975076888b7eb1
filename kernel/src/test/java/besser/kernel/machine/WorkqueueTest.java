package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.WORK_FN;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkqueueTest {

  @Test
  void queuedWhilePendingRunsOnce() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> runs = new ArrayList<>();
      List<Boolean> accepted = new ArrayList<>();
      Work work = kernel.work(WORK_FN, () -> runs.add(kernel.clock().ktimeNanos()));
      machine.boot(
          () -> {
            kernel.localBhDisable();
            accepted.add(kernel.systemWq().queue(work));
            accepted.add(kernel.systemWq().queue(work));
            kernel.localBhEnable();
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(true, false), accepted);
      assertEquals(1, runs.size());
    }
  }

  @Test
  void aTaskTellsWhichWorkItemItIsIn() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Work work = kernel.work(WORK_FN, () -> kernel.clock().msleep(10));
      machine.boot(() -> kernel.systemWq().queue(work));
      machine.runUntil(5 * MILLISECOND);
      assertEquals(List.of(WORK_FN), worksOfTasks(machine));
      machine.runUntil(SECOND);
      assertEquals(List.of(), worksOfTasks(machine));
    }
  }

  private static List<KernelFunction> worksOfTasks(Machine machine) {
    return machine.tasks().stream().flatMap(task -> task.work().stream()).toList();
  }

  @Test
  void queuedWhileRunningRunsOnceMore() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("q", 0);
      int[] runs = {0};
      Work[] work = new Work[1];
      work[0] =
          kernel.work(
              WORK_FN,
              () -> {
                if (runs[0]++ == 0) {
                  assertFalse(work[0].isPending());
                  assertTrue(queue.queue(work[0]));
                  assertFalse(queue.queue(work[0]));
                }
              });
      machine.boot(() -> queue.queue(work[0]));
      machine.runUntil(SECOND);
      assertEquals(2, runs[0]);
    }
  }

  @Test
  void neverOverlapsItselfAcrossCpus() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("q", 0);
      int[] inside = {0};
      int[] runs = {0};
      Work work =
          kernel.work(
              WORK_FN,
              () -> {
                assertEquals(1, ++inside[0]);
                runs[0]++;
                kernel.clock().udelay(300);
                kernel.clock().msleep(1);
                inside[0]--;
              });
      for (int cpu = 0; cpu < 4; cpu++) {
        machine.kthread(
            "queuer/" + cpu,
            BODY,
            on(cpu),
            () -> {
              for (int i = 0; i < 200; i++) {
                queue.queue(work);
                kernel.clock().udelay(700);
              }
            });
      }
      machine.runUntil(SECOND);
      assertTrue(runs[0] > 5, "runs: " + runs[0]);
    }
  }

  @Test
  void runsOnTheCpuThatQueues() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      List<Integer> cpus = new ArrayList<>();
      for (int cpu = 0; cpu < 4; cpu++) {
        Work work = kernel.work(WORK_FN, () -> cpus.add(kernel.smpProcessorId()));
        int target = cpu;
        machine.kthread(
            "queuer",
            BODY,
            on(target),
            () -> {
              kernel.clock().msleep(10 * (target + 1));
              kernel.systemWq().queue(work);
            });
      }
      machine.runUntil(SECOND);
      assertEquals(List.of(0, 1, 2, 3), cpus);
    }
  }

  @Test
  void boundPoolStartsNextItemOnlyWhenRunningOneSleeps() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      Work busy =
          kernel.work(
              WORK_FN,
              () -> {
                order.add("busy begins");
                kernel.clock().udelay(5000);
                order.add("busy sleeps");
                kernel.clock().msleep(20);
                order.add("busy ends");
              });
      Work other = kernel.work(WORK_FN, () -> order.add("other"));
      machine.boot(
          () -> {
            kernel.systemWq().queue(busy);
            kernel.systemWq().queue(other);
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("busy begins", "busy sleeps", "other", "busy ends"), order);
    }
  }

  @Test
  void cpuIntensiveItemDoesNotHoldUpThePool() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Workqueue intensive = kernel.allocWorkqueue("burn", 0, WorkqueueFlag.CPU_INTENSIVE);
      List<String> order = new ArrayList<>();
      Work burner =
          kernel.work(
              WORK_FN,
              () -> {
                for (int i = 0; i < 100; i++) kernel.clock().udelay(1000);
                order.add("burner ends");
              });
      Work other = kernel.work(WORK_FN, () -> order.add("other"));
      machine.boot(
          () -> {
            intensive.queue(burner);
            kernel.systemWq().queue(other);
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("other", "burner ends"), order);
    }
  }

  @Test
  void highpriWorkerPreempts() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Workqueue high = kernel.allocWorkqueue("high", 0, WorkqueueFlag.HIGHPRI);
      List<String> order = new ArrayList<>();
      Work work = kernel.work(WORK_FN, () -> order.add("work by " + kernel.current().comm()));
      machine.boot(
          () -> {
            kernel.clock().udelay(4000);
            high.queue(work);
            kernel.clock().udelay(10);
            order.add("queuer goes on");
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("work by kworker/0:0H", "queuer goes on"), order);
    }
  }

  @Test
  void orderedQueueRunsInOrderOneByOne() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("ordered", 0, WorkqueueFlag.ORDERED);
      List<Integer> order = new ArrayList<>();
      int[] inside = {0};
      machine.boot(
          () -> {
            for (int i = 0; i < 8; i++) {
              int number = i;
              queue.queue(
                  kernel.work(
                      WORK_FN,
                      () -> {
                        assertEquals(1, ++inside[0]);
                        order.add(number);
                        kernel.clock().msleep(8 - number);
                        inside[0]--;
                      }));
            }
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), order);
    }
  }

  @Test
  void maxActiveBoundsItemsInFlight() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("two", 2);
      int[] inside = {0};
      int[] most = {0};
      int[] runs = {0};
      machine.boot(
          () -> {
            for (int i = 0; i < 6; i++) {
              queue.queue(
                  kernel.work(
                      WORK_FN,
                      () -> {
                        most[0] = Math.max(most[0], ++inside[0]);
                        kernel.clock().msleep(10);
                        inside[0]--;
                        runs[0]++;
                      }));
            }
          });
      machine.runUntil(SECOND);
      assertEquals(2, most[0]);
      assertEquals(6, runs[0]);
    }
  }

  @Test
  void unboundItemsRunInParallel() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("unbound", 0, WorkqueueFlag.UNBOUND);
      int[] inside = {0};
      int[] most = {0};
      machine.boot(
          () -> {
            for (int i = 0; i < 3; i++) {
              queue.queue(
                  kernel.work(
                      WORK_FN,
                      () -> {
                        most[0] = Math.max(most[0], ++inside[0]);
                        kernel.clock().udelay(2000);
                        inside[0]--;
                      }));
            }
          });
      machine.runUntil(SECOND);
      assertTrue(most[0] >= 2, "most at a time: " + most[0]);
    }
  }

  @Test
  void bhItemRunsInSoftirq() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> contexts = new ArrayList<>();
      Work work = kernel.work(WORK_FN, () -> contexts.add(machine.context().name()));
      machine.boot(
          () -> {
            kernel.localBhDisable();
            kernel.systemBhWq().queue(work);
            assertTrue(contexts.isEmpty());
            kernel.localBhEnable();
            assertEquals(List.of("softirq/0"), contexts);
          });
      machine.runUntil(SECOND);
      assertEquals(1, contexts.size());
    }
  }

  @Test
  void flushWaitsForTheQueuedInstance() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      boolean[] done = {false};
      Work work =
          kernel.work(
              WORK_FN,
              () -> {
                kernel.clock().msleep(30);
                done[0] = true;
              });
      List<Boolean> seen = new ArrayList<>();
      machine.boot(
          () -> {
            seen.add(kernel.systemWq().flush(work));
            kernel.systemWq().queue(work);
            seen.add(kernel.systemWq().flush(work));
            seen.add(done[0]);
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(false, true, true), seen);
    }
  }

  @Test
  void cancelSyncTakesBackAPendingItem() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      int[] runs = {0};
      Work work = kernel.work(WORK_FN, () -> runs[0]++);
      boolean[] cancelled = {false};
      machine.boot(
          () -> {
            kernel.localBhDisable();
            kernel.systemWq().queue(work);
            kernel.localBhEnable();
            cancelled[0] = kernel.systemWq().cancelSync(work);
            assertFalse(work.isPending());
          });
      machine.runUntil(SECOND);
      assertEquals(cancelled[0] ? 0 : 1, runs[0]);
    }
  }

  @Test
  void cancelSyncWaitsForARunningItem() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      boolean[] ended = {false};
      Work work =
          kernel.work(
              WORK_FN,
              () -> {
                kernel.clock().msleep(50);
                ended[0] = true;
              });
      boolean[] results = new boolean[2];
      machine.boot(
          () -> {
            kernel.systemWq().queue(work);
            kernel.clock().msleep(10);
            results[0] = kernel.systemWq().cancelSync(work);
            results[1] = ended[0];
          });
      machine.runUntil(SECOND);
      assertFalse(results[0]);
      assertTrue(results[1]);
    }
  }

  @Test
  void flushWorkqueueWaitsForWhatWasQueuedBefore() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("q", 1);
      int[] runs = {0};
      int[] seen = {-1};
      machine.boot(
          () -> {
            for (int i = 0; i < 5; i++) {
              queue.queue(
                  kernel.work(
                      WORK_FN,
                      () -> {
                        kernel.clock().msleep(5);
                        runs[0]++;
                      }));
            }
            queue.flushAll();
            seen[0] = runs[0];
          });
      machine.runUntil(SECOND);
      assertEquals(5, seen[0]);
    }
  }

  @Test
  void delayedWorkRunsAfterItsDelay() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      long[] ran = {-1};
      var work = kernel.delayedWork(WORK_FN, () -> ran[0] = kernel.clock().ktimeNanos());
      machine.boot(() -> kernel.systemWq().queueDelayed(work, kernel.clock().msecsToJiffies(100)));
      machine.runUntil(SECOND);
      assertTrue(ran[0] >= 100 * MILLISECOND && ran[0] < 115 * MILLISECOND, "ran at " + ran[0]);
    }
  }

  @Test
  void modDelayedMovesTheTimerAndSaysItWasPending() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> ran = new ArrayList<>();
      List<Boolean> pending = new ArrayList<>();
      var work = kernel.delayedWork(WORK_FN, () -> ran.add(kernel.clock().ktimeNanos()));
      machine.boot(
          () -> {
            pending.add(kernel.systemWq().modDelayed(work, 30));
            pending.add(kernel.systemWq().queueDelayed(work, 1));
            pending.add(kernel.systemWq().modDelayed(work, 60));
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(false, false, true), pending);
      assertEquals(1, ran.size());
      assertTrue(ran.getFirst() >= 200 * MILLISECOND, "ran at " + ran);
    }
  }

  @Test
  void cancelDelayedStopsTheTimer() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      int[] runs = {0};
      var work = kernel.delayedWork(WORK_FN, () -> runs[0]++);
      boolean[] results = new boolean[2];
      machine.boot(
          () -> {
            kernel.systemWq().queueDelayed(work, 10);
            results[0] = kernel.systemWq().cancelDelayed(work);
            results[1] = kernel.systemWq().cancelDelayed(work);
          });
      machine.runUntil(SECOND);
      assertTrue(results[0]);
      assertFalse(results[1]);
      assertEquals(0, runs[0]);
    }
  }
}
