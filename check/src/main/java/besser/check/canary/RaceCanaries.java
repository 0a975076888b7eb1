package besser.check.canary;

import static besser.check.canary.Code.*;

import besser.check.FindingKind;
import besser.check.Trial;
import besser.kernel.AtomicInt;
import besser.kernel.Completion;
import besser.kernel.Kernel;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import java.util.List;

/** Data races, and the ways Linux has to order two contexts. */
final class RaceCanaries {
  private static final long MICROSECOND = 1_000;

  private RaceCanaries() {}

  static List<Canary> all() {
    return List.of(
        race(
            "lost-update",
            "two threads count without a lock",
            "they count under a spin lock",
            trial -> increments(trial, false),
            trial -> increments(trial, true)),
        race(
            "irq-flag",
            "an interrupt handler and a thread share a plain counter",
            "the thread holds interrupts off, and lets the handler see it by request_irq only",
            trial -> interrupt(trial, false),
            trial -> interrupt(trial, true)),
        race(
            "late-payload",
            "a payload is written after the work that reads it was queued",
            "it is written before, and read back after the flush",
            trial -> work(trial, false),
            trial -> work(trial, true)),
        race(
            "plain-wait",
            "a thread waits for a plain flag that a waker sets",
            "the flag is marked, and the payload travels with a completion",
            trial -> waiting(trial, false),
            trial -> waiting(trial, true)),
        race(
            "softirq-count",
            "a tasklet and a timer count under a lock, a thread without it",
            "the thread takes it by spin_lock_bh",
            trial -> softirq(trial, false),
            trial -> softirq(trial, true)),
        race(
            "early-free",
            "a timer's state is reset after timer_delete",
            "it is reset after timer_delete_sync",
            trial -> timer(trial, false),
            trial -> timer(trial, true)),
        race(
            "statistics",
            "a counter's value is shown while an interrupt handler changes it",
            "it is shown by data_race(), and kept by WRITE_ONCE",
            trial -> statistics(trial, false),
            trial -> statistics(trial, true)),
        race(
            "relaxed-handover",
            "a buffer is handed over by an unordered atomic",
            "it is handed over by atomic_xchg",
            trial -> handover(trial, false),
            trial -> handover(trial, true)));
  }

  private static Canary race(
      String name,
      String summary,
      String mending,
      java.util.function.Consumer<Trial> broken,
      java.util.function.Consumer<Trial> mended) {
    return new Canary(name, summary, mending, FindingKind.DATA_RACE, broken, mended);
  }

  private static void increments(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt counter = kernel.sharedInt("counter", 0);
      SpinLock lock = kernel.spinLock(LOCK);
      for (int cpu = 0; cpu < 2; cpu++) {
        machine.kthread(
            "adder",
            COUNT,
            TaskPlacement.bound(cpu),
            () -> {
              if (mended) lock.lock();
              counter.add(1);
              if (mended) lock.unlock();
            });
      }
      machine.runToEnd();
    }
  }

  private static void statistics(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt count = kernel.sharedInt("count", 0);
      IrqLine line = machine.hardware().irqLine(IRQ_NUMBER, "toy", 1);
      line.requestIrq(
          IRQ,
          () -> {
            if (mended) {
              count.writeOnce(1);
            } else {
              count.set(1);
            }
          });
      machine.hardware().after(MICROSECOND, line::raise);
      machine.kthread(
          "toy",
          READER,
          TaskPlacement.bound(0),
          () -> {
            if (mended) {
              count.dataRace();
            } else {
              count.get();
            }
          });
      machine.runToEnd();
    }
  }

  private static void interrupt(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt pending = kernel.sharedInt("pending", 0);
      IrqLine line = machine.hardware().irqLine(IRQ_NUMBER, "toy", 0);
      machine.kthread(
          "toy",
          PROBE,
          TaskPlacement.bound(0),
          () -> {
            pending.set(1);
            line.requestIrq(IRQ, () -> pending.add(1));
            if (mended) kernel.localIrqSave();
            pending.add(1);
            if (mended) kernel.localIrqRestore();
          });
      machine.hardware().after(MICROSECOND, line::raise);
      machine.hardware().after(2 * MICROSECOND, line::raise);
      machine.runToEnd();
    }
  }

  private static void work(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt payload = kernel.sharedInt("payload", 0);
      Workqueue queue = kernel.allocWorkqueue("toy", 0);
      Work work = kernel.work(WORK, () -> payload.add(1));
      machine.boot(
          () -> {
            if (mended) payload.set(7);
            queue.queue(work);
            if (!mended) payload.set(7);
            queue.flush(work);
            payload.add(1);
            queue.queue(work);
            queue.flushAll();
            payload.add(1);
          });
      machine.runToEnd();
    }
  }

  private static void waiting(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt flag = kernel.sharedInt("flag", 0);
      SharedInt payload = kernel.sharedInt("payload", 0);
      WaitQueue queue = kernel.waitQueue(WAIT);
      Completion done = kernel.completion("done");
      machine.kthread(
          "waiter",
          READER,
          TaskPlacement.bound(0),
          () -> {
            if (mended) {
              queue.waitEvent(() -> flag.readOnce() == 1);
              done.await();
              payload.add(1);
            } else {
              queue.waitEvent(() -> flag.get() == 1);
            }
          });
      machine.kthread(
          "waker",
          WRITER,
          TaskPlacement.bound(1),
          () -> {
            payload.set(1);
            if (mended) {
              flag.writeOnce(1);
            } else {
              flag.set(1);
            }
            queue.wakeUp();
            done.complete();
          });
      machine.runToEnd();
    }
  }

  private static void softirq(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt count = kernel.sharedInt("count", 0);
      SpinLock lock = kernel.spinLock(LOCK);
      Runnable body =
          () -> {
            lock.lock();
            count.add(1);
            lock.unlock();
          };
      Tasklet tasklet = kernel.tasklet(TASKLET, body);
      Timer timer = kernel.timer(TIMER, body);
      machine.kthread(
          "toy",
          READER,
          TaskPlacement.bound(0),
          () -> {
            count.set(1);
            tasklet.schedule();
            timer.mod(kernel.clock().jiffies() + 1);
            if (mended) lock.lockBh();
            count.add(1);
            if (mended) lock.unlockBh();
          });
      machine.runToEnd();
    }
  }

  private static void timer(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt state = kernel.sharedInt("state", 0);
      Timer timer = kernel.timer(TIMER, () -> state.add(1));
      machine.kthread(
          "arm",
          PROBE,
          TaskPlacement.bound(0),
          () -> {
            state.set(1);
            timer.mod(kernel.clock().jiffies() + 1);
            machine.kthread(
                "remove",
                REMOVE,
                TaskPlacement.bound(1),
                () -> {
                  if (mended) {
                    timer.deleteSync();
                  } else {
                    timer.delete();
                  }
                  state.set(0);
                });
          });
      machine.runToEnd();
    }
  }

  private static void handover(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedInt buffer = kernel.sharedInt("buffer", 0);
      AtomicInt full = kernel.atomic("full", 0);
      machine.kthread(
          "producer",
          WRITER,
          TaskPlacement.bound(0),
          () -> {
            buffer.set(1);
            if (mended) {
              full.xchg(1);
            } else {
              full.add(1);
            }
          });
      machine.kthread(
          "consumer",
          READER,
          TaskPlacement.bound(1),
          () -> {
            int found = mended ? full.xchg(0) : full.read();
            if (found == 1) buffer.add(1);
          });
      machine.runToEnd();
    }
  }
}
