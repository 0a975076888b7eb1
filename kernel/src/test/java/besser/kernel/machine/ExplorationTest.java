package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.HANDLER;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.TIMER_FN;
import static besser.kernel.machine.Fixtures.WAIT;
import static besser.kernel.machine.Fixtures.WORK_FN;
import static besser.kernel.machine.Fixtures.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ExplorationTest {

  /** Three threads, two non-atomic increments each: the result, from 2 to 6. */
  private static int increments(Schedule schedule) {
    try (Machine machine = new Machine(MachineConfig.explored(3, schedule))) {
      Kernel kernel = machine.kernel();
      SharedInt counter = kernel.sharedInt("counter", 0);
      int[] result = {-1};
      for (int cpu = 0; cpu < 3; cpu++) {
        machine.kthread(
            "adder",
            BODY,
            on(cpu),
            () -> {
              counter.add(1);
              counter.add(1);
              result[0] = counter.readOnce();
            });
      }
      machine.runUntilIdle();
      return result[0];
    }
  }

  @Test
  void randomSchedulesFindLostUpdates() {
    TreeSet<Integer> results = new TreeSet<>();
    for (int seed = 0; seed < 500; seed++) {
      results.add(increments(new RandomSchedule(seed)));
    }
    assertTrue(results.contains(6), "results " + results);
    assertTrue(results.first() <= 3, "results " + results);
  }

  @Test
  void answeringZeroEverywhereInterferesNowhere() {
    assertEquals(6, increments(new ReplaySchedule(Schedule.Mode.EXPLORED, Decisions.of())));
  }

  @Test
  void recordedDecisionsReplayTheSameRun() {
    for (int seed = 0; seed < 50; seed++) {
      RecordingSchedule recording = new RecordingSchedule(new RandomSchedule(seed));
      int result = increments(recording);
      Decisions decisions = Decisions.parse(recording.decisions().toString());
      ReplaySchedule replay = new ReplaySchedule(Schedule.Mode.EXPLORED, decisions);
      assertEquals(result, increments(replay));
      assertEquals(0, replay.misfits());
    }
  }

  @Test
  void aShrunkScheduleStillLosesAnUpdate() {
    RecordingSchedule recording = null;
    for (int seed = 0; ; seed++) {
      recording = new RecordingSchedule(new RandomSchedule(seed));
      if (increments(recording) < 6) break;
    }
    Decisions decisions = recording.decisions();
    boolean shrinking = true;
    while (shrinking) {
      shrinking = false;
      for (int i = 0; i < decisions.size(); i++) {
        if (decisions.answer(i) == 0) continue;
        Decisions fewer = decisions.with(i, 0);
        if (increments(new ReplaySchedule(Schedule.Mode.EXPLORED, fewer)) < 6) {
          decisions = fewer;
          shrinking = true;
          break;
        }
      }
    }
    assertTrue(decisions.interferences() <= 4, "shrunk to " + decisions);
  }

  @Test
  void aLockKeepsUpdatesUnderEverySchedule() {
    for (int seed = 0; seed < 300; seed++) {
      try (Machine machine = new Machine(MachineConfig.explored(2, new RandomSchedule(seed)))) {
        Kernel kernel = machine.kernel();
        SharedInt counter = kernel.sharedInt("counter", 0);
        SpinLock lock = kernel.spinLock(LOCK);
        int[] done = {0};
        for (int i = 0; i < 4; i++) {
          machine.kthread(
              "adder",
              BODY,
              on(i % 2),
              () -> {
                lock.lock();
                counter.add(1);
                lock.unlock();
                done[0]++;
              });
        }
        machine.runUntilIdle();
        int[] result = {0};
        machine.boot(() -> result[0] = counter.get());
        machine.runUntilIdle();
        assertEquals(4, done[0]);
        assertEquals(4, result[0]);
      }
    }
  }

  @Test
  void someScheduleLosesAWakeUpThatIsNotChecked() {
    int stuck = 0;
    for (int seed = 0; seed < 200; seed++) {
      try (Machine machine = new Machine(MachineConfig.explored(2, new RandomSchedule(seed)))) {
        Kernel kernel = machine.kernel();
        WaitQueue queue = kernel.waitQueue(WAIT);
        boolean[] asleep = {true};
        machine.kthread(
            "waiter",
            BODY,
            on(0),
            () -> {
              int[] evaluations = {0};
              // Wrong: looks at nothing the waker sets, so a wake-up before the sleep is lost.
              queue.waitEvent(() -> ++evaluations[0] > 2);
              asleep[0] = false;
            });
        machine.kthread("waker", BODY, on(1), queue::wakeUp);
        machine.runUntilIdle();
        if (asleep[0]) stuck++;
      }
    }
    assertTrue(stuck > 0 && stuck < 200, stuck + " of 200 stuck");
  }

  @Test
  void noScheduleLosesAWakeUpThatIsChecked() {
    for (int seed = 0; seed < 300; seed++) {
      try (Machine machine = new Machine(MachineConfig.explored(2, new RandomSchedule(seed)))) {
        Kernel kernel = machine.kernel();
        WaitQueue queue = kernel.waitQueue(WAIT);
        SharedInt flag = kernel.sharedInt("flag", 0);
        boolean[] done = {false};
        machine.kthread(
            "waiter",
            BODY,
            on(0),
            () -> {
              queue.waitEvent(() -> flag.readOnce() == 1);
              done[0] = true;
            });
        machine.kthread(
            "waker",
            BODY,
            on(1),
            () -> {
              flag.writeOnce(1);
              queue.wakeUp();
            });
        machine.runUntilIdle();
        assertTrue(done[0], "seed " + seed);
      }
    }
  }

  @Test
  void interruptMayComeBetweenAnyTwoOperations() {
    TreeSet<Integer> seen = new TreeSet<>();
    for (int seed = 0; seed < 300; seed++) {
      try (Machine machine =
          new Machine(MachineConfig.explored(1, new RandomSchedule(seed, 0.3, 0, 0.3)))) {
        Kernel kernel = machine.kernel();
        SharedInt step = kernel.sharedInt("step", 0);
        IrqLine line = machine.hardware().irqLine(40, "dev", 0);
        line.requestIrq(HANDLER, () -> seen.add(step.get()));
        machine.hardware().after(MILLISECOND, line::raise);
        machine.boot(
            () -> {
              for (int i = 1; i <= 4; i++) step.set(i);
            });
        machine.runUntil(SECOND);
      }
    }
    assertEquals(new TreeSet<>(java.util.List.of(0, 1, 2, 3, 4)), seen);
  }

  @Test
  void aTimeoutMayComeBeforeOrAfterTheWakeUp() {
    TreeSet<String> results = new TreeSet<>();
    for (int seed = 0; seed < 300; seed++) {
      try (Machine machine =
          new Machine(MachineConfig.explored(2, new RandomSchedule(seed, 0.3, 0, 0.3)))) {
        Kernel kernel = machine.kernel();
        WaitQueue queue = kernel.waitQueue(WAIT);
        SharedInt flag = kernel.sharedInt("flag", 0);
        machine.kthread(
            "waiter",
            BODY,
            on(0),
            () ->
                results.add(
                    queue.waitEventTimeout(() -> flag.readOnce() == 1, 5) == 0
                        ? "timed out"
                        : "woken"));
        machine.kthread(
            "waker",
            BODY,
            on(1),
            () -> {
              flag.writeOnce(1);
              queue.wakeUp();
            });
        machine.runUntil(SECOND);
      }
    }
    assertEquals(new TreeSet<>(java.util.List.of("timed out", "woken")), results);
  }

  @Test
  void crossedLocksDeadlockInSomeSchedules() {
    int deadlocks = 0;
    for (int seed = 0; seed < 100; seed++) {
      try (Machine machine = new Machine(MachineConfig.explored(2, new RandomSchedule(seed)))) {
        Kernel kernel = machine.kernel();
        SpinLock[] locks = {kernel.spinLock(LOCK), kernel.spinLock(LOCK)};
        for (int cpu = 0; cpu < 2; cpu++) {
          int first = cpu;
          machine.kthread(
              "task",
              BODY,
              on(cpu),
              () -> {
                locks[first].lock();
                locks[1 - first].lock();
                locks[1 - first].unlock();
                locks[first].unlock();
              });
        }
        machine.runUntilIdle();
      } catch (SimulationFailure failure) {
        deadlocks++;
      }
    }
    assertTrue(deadlocks > 0 && deadlocks < 100, deadlocks + " of 100");
  }

  @Test
  void decisionsHaveACompactTextForm() {
    Decisions decisions = Decisions.of(0, 0, 0, 1, 2, 2, 0, 0);
    assertEquals("3*0 1 2*2", decisions.toString());
    assertEquals(decisions, Decisions.parse(" 3*0  1 2*2 0"));
    assertEquals(6, decisions.size());
    assertEquals(3, decisions.interferences());
    assertEquals(0, decisions.answer(99));
    assertThrows(IllegalArgumentException.class, () -> Decisions.parse("1 x"));
    assertThrows(IllegalArgumentException.class, () -> Decisions.of(-1));
  }

  @Test
  void theWholeWorkloadSurvivesRandomSchedules() {
    long delivered = 0;
    for (int seed = 0; seed < 20; seed++) {
      Schedule schedule = new RandomSchedule(seed, 0.1, 0.05, 0.01);
      try (Machine machine = new Machine(MachineConfig.explored(2, schedule))) {
        Workload workload = new Workload(machine);
        workload.start();
        machine.runUntil(20 * MILLISECOND);
        delivered += workload.delivered();
        assertEquals(java.util.List.of(), machine.log());
      }
    }
    assertTrue(delivered > 0);
  }

  /** Without memory for another worker the rescuer comes, to which the same rule applies. */
  @Test
  void aRescuerLeavesAnItemToTheWorkerThatRunsIt() {
    int[] asked = {0};
    Schedule twoWorkersAtMost =
        new Schedule() {
          @Override
          public Mode mode() {
            return Mode.EXPLORED;
          }

          @Override
          public int choose(Choice choice) {
            if (choice.kind() == Choice.Kind.RUN) return 0;
            return choice.site().equals("create_worker") && asked[0]++ > 0 ? 1 : 0;
          }
        };
    try (Machine machine = new Machine(MachineConfig.explored(1, twoWorkersAtMost))) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("q", 2, WorkqueueFlag.MEM_RECLAIM);
      int[] inside = {0};
      int[] runs = {0};
      Work work =
          kernel.work(
              WORK_FN,
              () -> {
                assertEquals(1, ++inside[0]);
                runs[0]++;
                kernel.clock().msleep(100);
                inside[0]--;
              });
      machine.boot(
          () -> {
            queue.queue(work);
            kernel.clock().msleep(10);
            queue.queue(work);
          });
      machine.runUntil(SECOND);
      assertEquals(2, runs[0]);
    }
  }

  /** A tick that finds the timer deleted that it came for must leave another for the next one. */
  @Test
  void aTimerFiresAlsoWhenAnotherWasDeletedAsItWasDue() {
    for (int seed = 0; seed < 300; seed++) {
      try (Machine machine = new Machine(MachineConfig.explored(1, new RandomSchedule(seed)))) {
        Kernel kernel = machine.kernel();
        int[] fired = {0};
        Timer early = kernel.timer(TIMER_FN, () -> {});
        Timer late = kernel.timer(TIMER_FN, () -> fired[0]++);
        SharedInt busy = kernel.sharedInt("busy", 0);
        machine.boot(
            () -> {
              late.mod(kernel.clock().jiffies() + 20);
              early.mod(kernel.clock().jiffies() + 1);
              kernel.localIrqSave();
              for (int i = 0; i < 20; i++) busy.set(i);
              early.delete();
              kernel.localIrqRestore();
            });
        machine.runUntil(SECOND);
        assertEquals(1, fired[0], "seed " + seed);
      }
    }
  }
}
