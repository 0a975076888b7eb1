package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.still;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Completion;
import besser.kernel.Kernel;
import besser.kernel.Mutex;
import besser.kernel.Semaphore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Completions, semaphores and mutexes. */
final class SleepingLockTest {

  @Test
  void completionCountsAndLetsOneWaiterThroughEach() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      Completion completion = kernel.completion("c");
      int[] through = {0};
      for (int i = 0; i < 3; i++) {
        machine.kthread(
            "waiter",
            BODY,
            TaskPlacement.NORMAL,
            () -> {
              completion.await();
              through[0]++;
            });
      }
      machine.boot(
          () -> {
            completion.complete();
            completion.complete();
          });
      machine.runUntilIdle();
      assertEquals(2, through[0]);
      machine.boot(() -> assertFalse(completion.isDone()));
      machine.runUntilIdle();
    }
  }

  @Test
  void completeAllLetsEveryoneThroughUntilReinit() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Completion completion = kernel.completion("c");
      List<Long> results = new ArrayList<>();
      machine.boot(
          () -> {
            completion.completeAll();
            results.add(completion.awaitTimeout(5));
            results.add(completion.awaitTimeout(5));
            completion.reinit();
            results.add(completion.awaitTimeout(5));
          });
      machine.runUntil(SECOND);
      assertEquals(List.of(5L, 5L, 0L), results);
    }
  }

  @Test
  void awaitTimeoutReturnsJiffiesLeft() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      Completion completion = kernel.completion("c");
      long[] left = {-1};
      machine.boot(() -> left[0] = completion.awaitTimeout(100));
      machine.kthread(
          "completer",
          BODY,
          TaskPlacement.NORMAL,
          () -> {
            kernel.clock().msleep(50);
            completion.complete();
          });
      machine.runUntil(SECOND);
      assertTrue(left[0] > 75 && left[0] < 90, "left " + left[0]);
    }
  }

  @Test
  void semaphoreMayBeReleasedByAnotherTask() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      Semaphore semaphore = kernel.semaphore(LOCK, 1);
      List<String> order = new ArrayList<>();
      machine.boot(
          () -> {
            semaphore.down();
            assertFalse(semaphore.tryDown());
            kernel.kthread(
                "other",
                BODY,
                () -> {
                  order.add("up");
                  semaphore.up();
                });
            semaphore.down();
            order.add("down");
            semaphore.up();
            assertTrue(semaphore.tryDown());
          });
      machine.runUntilIdle();
      assertEquals(List.of("up", "down"), order);
    }
  }

  @Test
  void mutexAdmitsOneTaskAtATime() {
    try (Machine machine = timed(4)) {
      Kernel kernel = machine.kernel();
      Mutex mutex = kernel.mutex(LOCK);
      int[] inside = {0};
      int[] passes = {0};
      for (int cpu = 0; cpu < 4; cpu++) {
        machine.kthread(
            "task",
            BODY,
            on(cpu),
            () -> {
              for (int i = 0; i < 100; i++) {
                mutex.lock();
                assertEquals(1, ++inside[0]);
                kernel.clock().udelay(20);
                if (i % 10 == 0) kernel.clock().usleepRange(50, 100);
                inside[0]--;
                passes[0]++;
                mutex.unlock();
              }
            });
      }
      machine.runUntil(SECOND);
      assertEquals(400, passes[0]);
      assertFalse(machine.log().stream().anyMatch(line -> line.message().startsWith("BUG")));
    }
  }

  @Test
  void mutexTryLockFailsWhileHeld() {
    try (Machine machine = still()) {
      Kernel kernel = machine.kernel();
      Mutex mutex = kernel.mutex(LOCK);
      List<Boolean> results = new ArrayList<>();
      machine.boot(
          () -> {
            results.add(mutex.tryLock());
            results.add(mutex.isLocked());
            kernel.kthread("other", BODY, () -> results.add(mutex.tryLock()));
          });
      machine.runUntilIdle();
      assertEquals(List.of(true, true, false), results);
    }
  }
}
