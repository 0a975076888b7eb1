package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.WAIT;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.still;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.Task;
import besser.kernel.WaitQueue;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitingTest {

  @Test
  void waitEventWithTrueConditionDoesNotSleep() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      int[] evaluations = {0};
      boolean[] done = {false};
      machine.boot(
          () -> {
            queue.waitEvent(() -> ++evaluations[0] > 0);
            done[0] = true;
          });
      machine.runUntil(MILLISECOND);
      assertTrue(done[0]);
      assertEquals(1, evaluations[0]);
    }
  }

  @Test
  void oneSleepAndWakeEvaluatesThreeTimesAndLocksFourTimes() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      boolean[] flag = {false};
      int[] evaluations = {0};
      int[] locks = {0};
      machine.observe(
          new Observer() {
            @Override
            public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
              if (lock.lockClass().equals(WAIT)) locks[0]++;
            }
          });
      machine.boot(
          () ->
              queue.waitEvent(
                  () -> {
                    evaluations[0]++;
                    return flag[0];
                  }));
      machine.runUntilIdle();
      assertEquals(2, evaluations[0]);
      machine.kthread(
          "waker",
          BODY,
          TaskPlacement.NORMAL,
          () -> {
            flag[0] = true;
            queue.wakeUp();
          });
      machine.runUntilIdle();
      assertEquals(3, evaluations[0]);
      assertEquals(4, locks[0]);
    }
  }

  @Test
  void conditionWithSideEffectsIsConsumedByItsEvaluation() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      var flag = kernel.atomic("flag", 0);
      List<Integer> seen = new ArrayList<>();
      machine.boot(
          () -> {
            for (int i = 0; i < 3; i++) {
              int[] taken = {0};
              queue.waitEvent(() -> (taken[0] = flag.xchg(0)) != 0);
              seen.add(taken[0]);
            }
          });
      machine.kthread(
          "waker",
          BODY,
          TaskPlacement.NORMAL,
          () -> {
            flag.add(5);
            queue.wakeUp();
          });
      machine.runUntilIdle();
      assertEquals(List.of(5), seen);
    }
  }

  @Test
  void wakeUpBetweenPreparationAndSleepIsNotLost() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      int[] rounds = {0};
      var turn = kernel.atomic("turn", 0);
      for (int side = 0; side < 2; side++) {
        int mine = side;
        machine.kthread(
            "side/" + side,
            BODY,
            on(side),
            () -> {
              for (int i = 0; i < 2000; i++) {
                queue.waitEvent(() -> turn.read() == mine);
                turn.set(1 - mine);
                queue.wakeUp();
                rounds[0]++;
              }
            });
      }
      machine.runUntil(SECOND);
      assertEquals(4000, rounds[0]);
    }
  }

  @Test
  void wakeUpBeforeTheWaitIsSeenByTheCondition() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      boolean[] flag = {false};
      boolean[] done = {false};
      machine.boot(
          () -> {
            flag[0] = true;
            queue.wakeUp();
          });
      machine.kthread(
          "waiter",
          BODY,
          TaskPlacement.NORMAL,
          () -> {
            queue.waitEvent(() -> flag[0]);
            done[0] = true;
          });
      machine.runUntilIdle();
      assertTrue(done[0]);
    }
  }

  @Test
  void timeoutReturnsZeroWhenTheConditionStaysFalse() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      long[] result = {-1};
      long[] slept = {0};
      machine.boot(
          () -> {
            long start = kernel.clock().jiffies();
            result[0] = queue.waitEventTimeout(() -> false, 10);
            slept[0] = kernel.clock().jiffies() - start;
          });
      machine.runUntil(SECOND);
      assertEquals(0, result[0]);
      assertTrue(slept[0] >= 10 && slept[0] <= 12, "slept " + slept[0]);
    }
  }

  @Test
  void timeoutReturnsOneWhenTheConditionIsTrueAtExpiry() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      long[] result = {-1};
      machine.boot(
          () -> {
            long end = kernel.clock().jiffies() + 10;
            result[0] = queue.waitEventTimeout(() -> kernel.clock().jiffies() >= end, 10);
          });
      machine.runUntil(SECOND);
      assertEquals(1, result[0]);
    }
  }

  @Test
  void timeoutReturnsJiffiesLeftWhenWoken() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      boolean[] flag = {false};
      long[] result = {-1};
      machine.boot(() -> result[0] = queue.waitEventTimeout(() -> flag[0], 300));
      machine.kthread(
          "waker",
          BODY,
          TaskPlacement.NORMAL,
          () -> {
            kernel.clock().msleep(100);
            flag[0] = true;
            queue.wakeUp();
          });
      machine.runUntil(2 * SECOND);
      assertTrue(result[0] > 250 && result[0] < 275, "left " + result[0]);
    }
  }

  @Test
  void zeroTimeoutEvaluatesOnceAndDoesNotSleep() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      int[] evaluations = {0};
      long[] results = new long[2];
      machine.boot(
          () -> {
            results[0] =
                queue.waitEventTimeout(
                    () -> {
                      evaluations[0]++;
                      return false;
                    },
                    0);
            results[1] = queue.waitEventTimeout(() -> true, 0);
          });
      machine.runUntil(MILLISECOND);
      assertEquals(1, evaluations[0]);
      assertEquals(0, results[0]);
      assertEquals(1, results[1]);
    }
  }

  @Test
  void wakeUpWakesAllOthersButOneExclusiveWaiter() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      boolean[] flag = {false};
      List<String> woken = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        machine.kthread(
            "shared",
            BODY,
            on(0),
            () -> {
              queue.waitEvent(() -> flag[0]);
              woken.add("shared");
            });
        machine.kthread(
            "exclusive",
            BODY,
            on(0),
            () -> {
              queue.waitEventExclusive(() -> flag[0]);
              woken.add("exclusive");
            });
      }
      machine.runUntil(MILLISECOND);
      machine.kthread(
          "waker",
          BODY,
          on(1),
          () -> {
            flag[0] = true;
            queue.wakeUp();
          });
      machine.runUntil(SECOND);
      assertEquals(2, woken.stream().filter("shared"::equals).count());
      assertEquals(1, woken.stream().filter("exclusive"::equals).count());
    }
  }

  @Test
  void isActiveTellsWhetherAnyoneWaits() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      List<Boolean> active = new ArrayList<>();
      boolean[] flag = {false};
      machine.boot(
          () -> {
            active.add(queue.isActive());
            kernel.kthread("waiter", BODY, () -> queue.waitEvent(() -> flag[0]));
          });
      machine.runUntilIdle();
      machine.boot(
          () -> {
            active.add(queue.isActive());
            flag[0] = true;
            queue.wakeUp();
          });
      machine.runUntilIdle();
      machine.boot(() -> active.add(queue.isActive()));
      machine.runUntilIdle();
      assertEquals(List.of(false, true, false), active);
    }
  }

  @Test
  void msleepSleepsAtLeastThatLong() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      long[] slept = {0};
      machine.boot(
          () -> {
            long start = kernel.clock().ktimeNanos();
            kernel.clock().msleep(10);
            slept[0] = kernel.clock().ktimeNanos() - start;
          });
      machine.runUntil(SECOND);
      assertTrue(slept[0] >= 10 * MILLISECOND && slept[0] < 21 * MILLISECOND, "" + slept[0]);
    }
  }

  @Test
  void usleepRangeStaysInItsRange() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> slept = new ArrayList<>();
      machine.boot(
          () -> {
            for (int i = 0; i < 20; i++) {
              long start = kernel.clock().ktimeNanos();
              kernel.clock().usleepRange(400, 600);
              slept.add(kernel.clock().ktimeNanos() - start);
            }
          });
      machine.runUntil(SECOND);
      assertEquals(20, slept.size());
      for (long nanos : slept) assertTrue(nanos >= 400_000 && nanos < 610_000, "slept " + nanos);
    }
  }

  @Test
  void udelayBurnsCpuTime() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      machine.boot(() -> kernel.clock().udelay(500));
      machine.runUntil(MILLISECOND);
      assertTrue(machine.profile().busyNanos(0) >= 500_000);
      assertEquals(MILLISECOND, machine.profile().busyNanos(0) + machine.profile().idleNanos(0));
    }
  }

  @Test
  void stopEndsATaskThatAsksForIt() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      List<String> order = new ArrayList<>();
      machine.boot(
          () -> {
            Task task =
                kernel.kthread(
                    "loop",
                    BODY,
                    () -> {
                      queue.waitEvent(() -> kernel.current().shouldStop());
                      order.add("ends");
                    });
            task.stop();
            order.add("stopped");
          });
      machine.runUntilIdle();
      assertEquals(List.of("ends", "stopped"), order);
    }
  }
}
