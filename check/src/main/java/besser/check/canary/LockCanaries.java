package besser.check.canary;

import static besser.check.canary.Code.*;

import besser.check.FindingKind;
import besser.check.Trial;
import besser.kernel.Kernel;
import besser.kernel.Mutex;
import besser.kernel.SpinLock;
import besser.kernel.Timer;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import java.util.List;

/** Lock order, and locks that interrupts take too. */
final class LockCanaries {
  private static final long MICROSECOND = 1_000;

  private LockCanaries() {}

  static List<Canary> all() {
    return List.of(
        new Canary(
            "crossed-locks",
            "two threads take two locks in opposite orders, one after the other",
            "both take them in one order",
            FindingKind.LOCK_CYCLE,
            trial -> crossed(trial, false),
            trial -> crossed(trial, true)),
        new Canary(
            "flush-under-lock",
            "work is flushed under the mutex that it takes",
            "it is flushed after the mutex is let go",
            FindingKind.LOCK_CYCLE,
            trial -> flush(trial, false),
            trial -> flush(trial, true)),
        new Canary(
            "delete-under-lock",
            "a timer is deleted and waited for under the lock that its handler takes",
            "it is waited for without the lock",
            FindingKind.LOCK_CYCLE,
            trial -> deleteSync(trial, false),
            trial -> deleteSync(trial, true)),
        new Canary(
            "irq-lock",
            "a thread takes a lock of its interrupt handler with interrupts on",
            "it takes it by spin_lock_irqsave",
            FindingKind.IRQ_LOCK,
            trial -> irq(trial, false),
            trial -> irq(trial, true)),
        new Canary(
            "softirq-lock",
            "a thread takes a timer's lock with softirqs on",
            "it takes it by spin_lock_bh",
            FindingKind.IRQ_LOCK,
            trial -> softirq(trial, false),
            trial -> softirq(trial, true)),
        new Canary(
            "irq-inversion",
            "under an interrupt-safe lock one is taken that others hold with interrupts on",
            "all hold that one with interrupts off",
            FindingKind.IRQ_LOCK_ORDER,
            trial -> inversion(trial, false),
            trial -> inversion(trial, true)),
        new Canary(
            "taken-twice",
            "a function takes a lock that its caller holds",
            "the caller has let it go",
            FindingKind.LOCK_RECURSION,
            trial -> twice(trial, false),
            trial -> twice(trial, true)),
        new Canary(
            "flush-itself",
            "a work item flushes itself",
            "it queues itself again and leaves",
            FindingKind.LOCK_RECURSION,
            trial -> flushItself(trial, false),
            trial -> flushItself(trial, true)),
        new Canary(
            "flush-in-turn",
            "an item of an ordered queue flushes another item of that queue",
            "the two are on queues of their own",
            FindingKind.LOCK_RECURSION,
            trial -> flushInTurn(trial, false),
            trial -> flushInTurn(trial, true)),
        new Canary(
            "raw-nesting",
            "a spinlock_t is taken inside a raw_spinlock_t",
            "both are raw_spinlock_t",
            FindingKind.WAIT_CONTEXT,
            trial -> rawNesting(trial, false),
            trial -> rawNesting(trial, true)));
  }

  private static void crossed(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock first = kernel.spinLock(LOCK);
      SpinLock second = kernel.spinLock(OTHER_LOCK);
      machine.kthread(
          "toy",
          READER,
          TaskPlacement.bound(0),
          () -> {
            nested(first, second);
            // The second thread starts only now: this never deadlocks, and still could.
            machine.kthread(
                "other",
                WRITER,
                TaskPlacement.bound(1),
                () -> nested(mended ? first : second, mended ? second : first));
          });
      machine.runToEnd();
    }
  }

  private static void nested(SpinLock outer, SpinLock inner) {
    outer.lock();
    inner.lock();
    inner.unlock();
    outer.unlock();
  }

  private static void flush(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Mutex mutex = kernel.mutex(MUTEX);
      Workqueue queue = kernel.allocWorkqueue("toy", 0);
      Work work =
          kernel.work(
              WORK,
              () -> {
                mutex.lock();
                mutex.unlock();
              });
      machine.boot(
          () -> {
            queue.queue(work);
            queue.flush(work);
            mutex.lock();
            if (mended) mutex.unlock();
            queue.flush(work);
            if (!mended) mutex.unlock();
          });
      machine.runToEnd();
    }
  }

  private static void deleteSync(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      Timer timer =
          kernel.timer(
              TIMER,
              () -> {
                lock.lock();
                lock.unlock();
              });
      machine.boot(
          () -> {
            timer.mod(kernel.clock().jiffies() + 1);
            kernel.clock().msleep(20);
            lock.lockBh();
            if (mended) lock.unlockBh();
            timer.deleteSync();
            if (!mended) lock.unlockBh();
          });
      machine.runToEnd();
    }
  }

  private static void irq(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      IrqLine line = machine.hardware().irqLine(IRQ_NUMBER, "toy", 1);
      line.requestIrq(
          IRQ,
          () -> {
            lock.lock();
            lock.unlock();
          });
      machine.hardware().after(MICROSECOND, line::raise);
      machine.kthread("toy", READER, TaskPlacement.bound(0), () -> section(lock, mended));
      machine.runToEnd();
    }
  }

  private static void section(SpinLock lock, boolean irqsOff) {
    if (irqsOff) {
      lock.lockIrqsave();
      lock.unlockIrqrestore();
    } else {
      lock.lock();
      lock.unlock();
    }
  }

  private static void softirq(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      Timer timer =
          kernel.timer(
              TIMER,
              () -> {
                lock.lock();
                lock.unlock();
              });
      machine.kthread(
          "toy",
          READER,
          TaskPlacement.bound(0),
          () -> {
            timer.mod(kernel.clock().jiffies() + 1);
            kernel.clock().msleep(20);
            if (mended) {
              lock.lockBh();
              lock.unlockBh();
            } else {
              lock.lock();
              lock.unlock();
            }
          });
      machine.runToEnd();
    }
  }

  private static void inversion(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock safe = kernel.spinLock(LOCK);
      SpinLock inner = kernel.spinLock(OTHER_LOCK);
      IrqLine line = machine.hardware().irqLine(IRQ_NUMBER, "toy", 1);
      line.requestIrq(IRQ, () -> section(safe, true));
      machine.hardware().after(MICROSECOND, line::raise);
      machine.kthread(
          "toy",
          READER,
          TaskPlacement.bound(0),
          () -> {
            safe.lockIrqsave();
            inner.lock();
            inner.unlock();
            safe.unlockIrqrestore();
          });
      machine.kthread("other", WRITER, TaskPlacement.bound(0), () -> section(inner, mended));
      machine.runToEnd();
    }
  }

  private static void twice(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      machine.kthread(
          "toy",
          READER,
          TaskPlacement.bound(0),
          () -> {
            lock.lock();
            if (mended) lock.unlock();
            try (var _ = kernel.enter(WRITER)) {
              lock.lock();
              lock.unlock();
            }
            if (!mended) lock.unlock();
          });
      machine.runToEnd();
    }
  }

  private static void flushInTurn(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Workqueue own = kernel.allocWorkqueue("toy", 0, WorkqueueFlag.ORDERED);
      Workqueue other = kernel.allocWorkqueue("toy_late", 0, WorkqueueFlag.ORDERED);
      Workqueue latter = mended ? other : own;
      Work late = kernel.work(READER, () -> {});
      Work work = kernel.work(WORK, () -> latter.flush(late));
      machine.boot(
          () -> {
            // It has run by then: this never deadlocks, and would when it was queued behind.
            latter.queue(late);
            latter.flush(late);
            own.queue(work);
          });
      machine.runToEnd();
    }
  }

  private static void rawNesting(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock outer = kernel.rawSpinLock(LOCK);
      SpinLock inner = mended ? kernel.rawSpinLock(OTHER_LOCK) : kernel.spinLock(OTHER_LOCK);
      machine.kthread("toy", READER, TaskPlacement.bound(0), () -> nested(outer, inner));
      machine.runToEnd();
    }
  }

  private static void flushItself(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Workqueue queue = kernel.allocWorkqueue("toy", 0);
      Work[] self = new Work[1];
      int[] rounds = {0};
      self[0] =
          kernel.work(
              WORK,
              () -> {
                if (!mended) {
                  queue.flush(self[0]);
                } else if (++rounds[0] < 3) {
                  queue.queue(self[0]);
                }
              });
      machine.boot(() -> queue.queue(self[0]));
      machine.runToEnd();
    }
  }
}
