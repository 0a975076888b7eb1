package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.HANDLER;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.MICROSECOND;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.observe.CallNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockTest {

  @Test
  void spinLockExcludesOtherCpus() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      int[] inside = {0};
      int[] passes = {0};
      for (int cpu = 0; cpu < 4; cpu++) {
        machine.kthread(
            "task",
            BODY,
            on(cpu),
            () -> {
              for (int i = 0; i < 500; i++) {
                lock.lock();
                assertTrue(lock.isHeld());
                assertEquals(1, ++inside[0]);
                kernel.clock().udelay(3);
                inside[0]--;
                passes[0]++;
                lock.unlock();
                assertFalse(lock.isHeld());
              }
            });
      }
      machine.runUntil(SECOND);
      assertEquals(2000, passes[0]);
    }
  }

  @Test
  void waitingForASpinLockBurnsCpuTime() {
    try (Machine machine = Fixtures.timedToTheNanosecond(2)) {
      machine.profile().enable();
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      machine.kthread(
          "holder",
          BODY,
          on(0),
          () -> {
            lock.lock();
            kernel.clock().udelay(1000);
            lock.unlock();
          });
      machine.kthread(
          "spinner",
          BODY,
          on(1),
          () -> {
            kernel.clock().udelay(100);
            lock.lock();
            lock.unlock();
          });
      machine.runUntil(2 * MILLISECOND);
      long spun = nanosIn(machine.profile().root(), "queued_spin_lock_slowpath");
      assertTrue(spun > 890 * MICROSECOND && spun < 910 * MICROSECOND, "spun " + spun);
    }
  }

  @Test
  void waitersAreServedInOrder() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      List<Integer> order = new ArrayList<>();
      for (int cpu = 0; cpu < 4; cpu++) {
        int mine = cpu;
        machine.kthread(
            "task",
            BODY,
            on(cpu),
            () -> {
              kernel.clock().udelay(10 + 10 * ((mine + 2) % 4));
              lock.lock();
              order.add(mine);
              kernel.clock().udelay(200);
              lock.unlock();
            });
      }
      machine.runUntil(SECOND);
      assertEquals(List.of(2, 3, 0, 1), order);
    }
  }

  @Test
  void spinnerWithInterruptsOnTakesThem() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      long[] handled = {0};
      IrqLine line = machine.hardware().irqLine(40, "dev", 1);
      line.requestIrq(HANDLER, () -> handled[0] = kernel.clock().ktimeNanos());
      machine.hardware().after(500 * MICROSECOND, line::raise);
      machine.kthread(
          "holder",
          BODY,
          on(0),
          () -> {
            lock.lock();
            kernel.clock().udelay(1000);
            lock.unlock();
          });
      boolean[] got = {false};
      machine.kthread(
          "spinner",
          BODY,
          on(1),
          () -> {
            kernel.clock().udelay(100);
            lock.lock();
            got[0] = true;
            lock.unlock();
          });
      machine.runUntil(2 * MILLISECOND);
      assertTrue(got[0]);
      assertTrue(handled[0] < 502 * MICROSECOND, "handled at " + handled[0]);
    }
  }

  @Test
  void takingALockTwiceOnOneCpuIsADeadlockWithItsStack() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      machine.boot(
          () -> {
            try (var _ = kernel.enter(BODY)) {
              lock.lock();
              lock.lock();
            }
          });
      SimulationFailure failure =
          assertThrows(SimulationFailure.class, () -> machine.runUntil(SECOND));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("it holds itself"),
          String.valueOf(failure.getMessage()));
      assertTrue(failure.simulatedStack().contains(BODY), String.valueOf(failure.getMessage()));
      assertEquals(1, failure.seed());
    }
  }

  @Test
  void crossedSpinLocksAreADeadlock() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      SpinLock[] locks = {kernel.spinLock(LOCK), kernel.spinLock(new LockClass("second", "test"))};
      for (int cpu = 0; cpu < 2; cpu++) {
        int first = cpu;
        machine.kthread(
            "task",
            BODY,
            on(cpu),
            () -> {
              locks[first].lock();
              kernel.clock().udelay(100);
              locks[1 - first].lock();
            });
      }
      SimulationFailure failure =
          assertThrows(SimulationFailure.class, () -> machine.runUntil(SECOND));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("waits for what it holds"),
          String.valueOf(failure.getMessage()));
    }
  }

  @Test
  void tryLockFailsWhileAnotherHoldsIt() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      List<Boolean> results = new ArrayList<>();
      machine.kthread(
          "holder",
          BODY,
          on(0),
          () -> {
            lock.lock();
            kernel.clock().udelay(100);
            lock.unlock();
          });
      machine.kthread(
          "trier",
          BODY,
          on(1),
          () -> {
            kernel.clock().udelay(50);
            results.add(lock.tryLock());
            kernel.clock().udelay(100);
            results.add(lock.tryLock());
            lock.unlock();
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(false, true), results);
    }
  }

  @Test
  void spinLockHolderIsNotPreempted() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      List<String> order = new ArrayList<>();
      machine.kthread(
          "high",
          BODY,
          new TaskPlacement(0, 50, 0),
          () -> {
            kernel.clock().usleepRange(100, 100);
            order.add("high runs");
          });
      machine.kthread(
          "holder",
          BODY,
          on(0),
          () -> {
            lock.lock();
            kernel.clock().udelay(1000);
            order.add("unlocking");
            lock.unlock();
            order.add("unlocked");
          });
      machine.runUntil(SECOND);
      assertEquals(List.of("unlocking", "high runs", "unlocked"), order);
    }
  }

  @Test
  void sleepingUnderASpinLockIsAnnounced() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      machine.boot(
          () -> {
            lock.lock();
            kernel.clock().msleep(1);
            lock.unlock();
          });
      machine.runUntil(SECOND);
      assertTrue(
          machine.log().stream()
              .anyMatch(line -> line.message().contains("sleeping function called")),
          "" + machine.log());
    }
  }

  static long nanosIn(CallNode node, String function) {
    long sum = 0;
    if (!node.isRoot() && node.function().name().equals(function)) sum += node.samples();
    for (CallNode child : node.children()) sum += nanosIn(child, function);
    return sum;
  }
}
