package besser.check.canary;

import static besser.check.canary.Code.*;

import besser.check.FindingKind;
import besser.check.Trial;
import besser.kernel.Completion;
import besser.kernel.Kernel;
import besser.kernel.Mutex;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import java.util.List;

/** Things that should go on, and do not. */
final class LivenessCanaries {
  private static final long MICROSECOND = 1_000;

  private LivenessCanaries() {}

  static List<Canary> all() {
    return List.of(
        new Canary(
            "spin-deadlock",
            "two cpus take two spin locks in opposite orders",
            "both take them in one order",
            FindingKind.DEADLOCK,
            trial -> spinning(trial, false),
            trial -> spinning(trial, true)),
        new Canary(
            "mutex-deadlock",
            "two threads take two mutexes in opposite orders",
            "both take them in one order",
            FindingKind.DEADLOCK,
            trial -> mutexes(trial, false),
            trial -> mutexes(trial, true)),
        new Canary(
            "lost-wakeup",
            "a waker looks whether anyone waits before it makes the condition true",
            "it makes it true first",
            FindingKind.LOST_WAKEUP,
            trial -> lostWakeUp(trial, false),
            trial -> lostWakeUp(trial, true)),
        new Canary(
            "lost-interrupt",
            "an interrupt that comes before the completion is initialised is thrown away with it",
            "the completion is initialised before the device is started",
            FindingKind.STALL,
            trial -> reinit(trial, false),
            trial -> reinit(trial, true)),
        new Canary(
            "timeout-rescue",
            "a condition is made true without a wake-up, and a timeout hides it",
            "the wake-up is there",
            FindingKind.STALL,
            trial -> rescue(trial, false),
            trial -> rescue(trial, true)),
        new Canary(
            "polite-pollers",
            "two threads each poll for the other to go first",
            "one goes first",
            FindingKind.LIVELOCK,
            trial -> pollers(trial, false),
            trial -> pollers(trial, true)),
        new Canary(
            "busy-worker",
            "a work item polls for what a later item of its pool will do",
            "it sleeps between two looks",
            FindingKind.STARVATION,
            trial -> busyWorker(trial, false),
            trial -> busyWorker(trial, true)));
  }

  private static void spinning(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock[] locks = {kernel.spinLock(LOCK), kernel.spinLock(OTHER_LOCK)};
      for (int cpu = 0; cpu < 2; cpu++) {
        int first = mended ? 0 : cpu;
        machine.kthread(
            "toy",
            READER,
            TaskPlacement.bound(cpu),
            () -> {
              locks[first].lock();
              locks[1 - first].lock();
              locks[1 - first].unlock();
              locks[first].unlock();
            });
      }
      machine.runToEnd();
    }
  }

  private static void mutexes(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Mutex[] locks = {kernel.mutex(LOCK), kernel.mutex(OTHER_LOCK)};
      for (int cpu = 0; cpu < 2; cpu++) {
        int first = mended ? 0 : cpu;
        machine.kthread(
            "toy",
            READER,
            TaskPlacement.bound(cpu),
            () -> {
              locks[first].lock();
              locks[1 - first].lock();
              locks[1 - first].unlock();
              locks[first].unlock();
            });
      }
      machine.runToEnd();
    }
  }

  private static void lostWakeUp(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt flag = kernel.sharedInt("flag", 0);
      WaitQueue queue = kernel.waitQueue(WAIT);
      machine.kthread(
          "waiter",
          READER,
          TaskPlacement.bound(0),
          () -> queue.waitEvent(() -> flag.readOnce() == 1));
      machine.kthread(
          "waker",
          WRITER,
          TaskPlacement.bound(1),
          () -> {
            boolean waited = queue.isActive();
            flag.writeOnce(1);
            if (mended || waited) queue.wakeUp();
          });
      machine.runToEnd();
    }
  }

  private static void reinit(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Completion done = kernel.completion("toy_done");
      IrqLine line = machine.hardware().irqLine(IRQ_NUMBER, "toy", 1);
      line.requestIrq(IRQ, done::complete);
      machine.boot(
          () -> {
            if (mended) done.reinit();
            machine.hardware().after(MICROSECOND, line::raise);
            if (!mended) done.reinit();
            done.await();
          });
      machine.runToEnd();
    }
  }

  private static void rescue(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt flag = kernel.sharedInt("flag", 0);
      WaitQueue queue = kernel.waitQueue(WAIT);
      machine.kthread(
          "waiter",
          READER,
          TaskPlacement.bound(0),
          () -> queue.waitEventTimeout(() -> flag.readOnce() == 1, 100));
      machine.kthread(
          "waker",
          WRITER,
          TaskPlacement.bound(1),
          () -> {
            flag.writeOnce(1);
            if (mended) queue.wakeUp();
          });
      machine.runToEnd();
    }
  }

  private static void pollers(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt[] ready = {kernel.sharedInt("first", 0), kernel.sharedInt("second", 0)};
      for (int cpu = 0; cpu < 2; cpu++) {
        int me = cpu;
        machine.kthread(
            "toy",
            READER,
            TaskPlacement.bound(cpu),
            () -> {
              if (mended && me == 0) ready[me].writeOnce(1);
              while (ready[1 - me].readOnce() == 0) kernel.clock().udelay(1);
              ready[me].writeOnce(1);
            });
      }
      machine.runToEnd();
    }
  }

  private static void busyWorker(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(1)) {
      Kernel kernel = machine.kernel();
      SharedInt ready = kernel.sharedInt("ready", 0);
      Workqueue queue = kernel.allocWorkqueue("toy", 0);
      Work second = kernel.work(WRITER, () -> ready.writeOnce(1));
      Work first =
          kernel.work(
              WORK,
              () -> {
                while (ready.readOnce() == 0) {
                  if (mended) {
                    kernel.clock().msleep(10);
                  } else {
                    kernel.clock().udelay(1);
                  }
                }
              });
      machine.boot(
          () -> {
            queue.queue(first);
            queue.queue(second);
          });
      machine.runToEnd();
    }
  }
}
