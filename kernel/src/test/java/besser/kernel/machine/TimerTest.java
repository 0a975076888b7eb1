package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.TIMER_FN;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.Timer;
import besser.kernel.observe.Context;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimerTest {

  @Test
  void firesInSoftirqNeverEarly() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> fired = new ArrayList<>();
      Timer timer =
          kernel.timer(
              TIMER_FN,
              () -> {
                assertEquals(Context.Kind.SOFTIRQ, machine.context().kind());
                fired.add(kernel.clock().jiffies());
              });
      machine.boot(() -> timer.mod(kernel.clock().jiffies() + 20));
      machine.runUntil(SECOND);
      assertEquals(1, fired.size());
      assertTrue(fired.getFirst() >= 20 && fired.getFirst() <= 22, "fired at " + fired);
    }
  }

  @Test
  void firesOnTheCpuThatArmedIt() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      List<Integer> cpus = new ArrayList<>();
      for (int cpu = 0; cpu < 4; cpu++) {
        Timer timer = kernel.timer(TIMER_FN, () -> cpus.add(kernel.smpProcessorId()));
        int delay = 5 * (cpu + 1);
        machine.kthread("armer", BODY, on(cpu), () -> timer.mod(delay));
      }
      machine.runUntil(SECOND);
      assertEquals(List.of(0, 1, 2, 3), cpus);
    }
  }

  @Test
  void modMovesItAndTellsWhetherItWasPending() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> fired = new ArrayList<>();
      Timer timer = kernel.timer(TIMER_FN, () -> fired.add(kernel.clock().jiffies()));
      List<Boolean> pending = new ArrayList<>();
      machine.boot(
          () -> {
            pending.add(timer.mod(10));
            pending.add(timer.mod(40));
            pending.add(timer.isPending());
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(false, true, true), pending);
      assertEquals(1, fired.size());
      assertTrue(fired.getFirst() >= 40, "fired at " + fired);
    }
  }

  @Test
  void deleteStopsIt() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      int[] fired = {0};
      Timer timer = kernel.timer(TIMER_FN, () -> fired[0]++);
      boolean[] results = new boolean[2];
      machine.boot(
          () -> {
            timer.mod(10);
            results[0] = timer.delete();
            results[1] = timer.delete();
          });
      machine.runUntil(SECOND);
      assertTrue(results[0]);
      assertFalse(results[1]);
      assertEquals(0, fired[0]);
    }
  }

  @Test
  void deleteSyncWaitsForTheRunningHandler() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      List<String> order = new ArrayList<>();
      Timer timer =
          kernel.timer(
              TIMER_FN,
              () -> {
                order.add("handler begins");
                kernel.clock().udelay(5000);
                order.add("handler ends");
              });
      machine.kthread("armer", BODY, on(0), () -> timer.mod(3));
      machine.kthread(
          "deleter",
          BODY,
          on(1),
          () -> {
            while (order.isEmpty()) kernel.clock().usleepRange(100, 100);
            timer.deleteSync();
            order.add("deleted");
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("handler begins", "handler ends", "deleted"), order);
    }
  }

  @Test
  void mayArmItselfFromItsHandler() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      int[] fired = {0};
      Timer[] timer = new Timer[1];
      timer[0] =
          kernel.timer(
              TIMER_FN,
              () -> {
                if (++fired[0] < 5) timer[0].mod(kernel.clock().jiffies() + 3);
              });
      machine.boot(() -> timer[0].mod(3));
      machine.runUntil(SECOND);
      assertEquals(5, fired[0]);
    }
  }

  @Test
  void farTimersAreRoundedUpAsTheWheelDoes() {
    // Level 0 up to 62 jiffies, then granules of 8, 64 and 512.
    assertEquals(1011, TimerBase.wheelExpiry(1010, 1000));
    assertEquals(1063, TimerBase.wheelExpiry(1062, 1000));
    assertEquals(1072, TimerBase.wheelExpiry(1064, 1000));
    assertEquals(1504, TimerBase.wheelExpiry(1500, 1000));
    assertEquals(1920, TimerBase.wheelExpiry(1900, 1000));
    assertEquals(1001, TimerBase.wheelExpiry(990, 1000));
  }

  @Test
  void idleCpuSleepsThroughTicksAndWakesForTheTimer() {
    try (Machine machine = Fixtures.timedToTheNanosecond(1)) {
      machine.profile().enable();
      Kernel kernel = machine.kernel();
      long[] fired = {0};
      Timer timer = kernel.timer(TIMER_FN, () -> fired[0] = kernel.clock().ktimeNanos());
      machine.boot(() -> timer.mod(150));
      machine.runUntil(2 * SECOND);
      assertTrue(fired[0] >= 500 * MILLISECOND && fired[0] < 560 * MILLISECOND, "" + fired[0]);
      long ticks = LockTest.nanosIn(machine.profile().root(), "tick_nohz_handler") / 50;
      assertTrue(ticks <= 3, ticks + " ticks on a machine that was idle for two seconds");
    }
  }

  @Test
  void stillMachineFiresNoTimers() {
    try (Machine machine = Fixtures.still()) {
      Kernel kernel = machine.kernel();
      int[] fired = {0};
      Timer timer = kernel.timer(TIMER_FN, () -> fired[0]++);
      machine.boot(() -> timer.mod(kernel.clock().jiffies() + 1));
      machine.runUntil(SECOND);
      assertEquals(0, fired[0]);
      machine.boot(() -> assertTrue(timer.isPending()));
      machine.runUntilIdle();
    }
  }
}
