package besser.check.canary;

import static besser.check.canary.Code.*;

import besser.check.FindingKind;
import besser.check.Trial;
import besser.check.conserve.LeakChecker;
import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.Mutex;
import besser.kernel.SharedRef;
import besser.kernel.SpinLock;
import besser.kernel.Timer;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import java.util.List;
import java.util.Optional;

/** Calls from the wrong context, and memory. */
final class ContextCanaries {
  private ContextCanaries() {}

  static List<Canary> all() {
    return List.of(
        new Canary(
            "sleep-under-lock",
            "memory is allocated with GFP_KERNEL under a spin lock",
            "it is allocated with GFP_ATOMIC",
            FindingKind.ATOMIC_SLEEP,
            trial -> sleeping(trial, false),
            trial -> sleeping(trial, true)),
        new Canary(
            "mutex-in-timer",
            "a timer takes a mutex",
            "the timer queues work that takes it",
            FindingKind.ATOMIC_SLEEP,
            trial -> mutexInTimer(trial, false),
            trial -> mutexInTimer(trial, true)),
        new Canary(
            "lock-left",
            "an error path leaves a lock held",
            "it lets it go",
            FindingKind.LOCK_USE,
            trial -> left(trial, false),
            trial -> left(trial, true)),
        new Canary(
            "freed-twice",
            "a thread and a work item both free what they find in one place",
            "they take it out by atomic_xchg",
            FindingKind.DOUBLE_FREE,
            trial -> freedTwice(trial, false),
            trial -> freedTwice(trial, true)),
        new Canary(
            "late-use",
            "a socket buffer is queued by one context after another has freed it",
            "it is freed only by who took it off the queue",
            FindingKind.USE_AFTER_FREE,
            trial -> lateUse(trial, false),
            trial -> lateUse(trial, true)),
        new Canary(
            "leak",
            "an error path forgets what it has allocated, when memory runs short",
            "it frees it",
            FindingKind.LEAK,
            trial -> leak(trial, false),
            trial -> leak(trial, true)));
  }

  private static void sleeping(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      machine.boot(
          () -> {
            lock.lock();
            kernel
                .memory()
                .kmalloc("toy_buffer", 64, mended ? Gfp.ATOMIC : Gfp.KERNEL)
                .ifPresent(kernel.memory()::free);
            lock.unlock();
          });
      machine.runToEnd();
    }
  }

  private static void mutexInTimer(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Mutex mutex = kernel.mutex(MUTEX);
      Runnable body =
          () -> {
            mutex.lock();
            mutex.unlock();
          };
      Workqueue queue = kernel.allocWorkqueue("toy", 0);
      Work work = kernel.work(WORK, body);
      Timer timer = kernel.timer(TIMER, mended ? () -> queue.queue(work) : body);
      machine.boot(() -> timer.mod(kernel.clock().jiffies() + 1));
      machine.runToEnd();
    }
  }

  private static void left(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      Mutex mutex = kernel.mutex(MUTEX);
      machine.kthread(
          "toy",
          WRITER,
          TaskPlacement.NORMAL,
          () -> {
            mutex.lock();
            Optional<Allocation> made = kernel.memory().kmalloc("toy_buffer", 64, Gfp.KERNEL);
            made.ifPresent(kernel.memory()::free);
            if (mended) mutex.unlock();
          });
      machine.runToEnd();
    }
  }

  private static void freedTwice(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SharedRef<Allocation> buffer = kernel.sharedRef("buffer", Optional.empty());
      SpinLock lock = kernel.spinLock(LOCK);
      Runnable release =
          () -> {
            if (mended) lock.lock();
            Optional<Allocation> found = buffer.readOnce();
            if (mended) buffer.clear();
            if (mended) lock.unlock();
            found.ifPresent(kernel.memory()::free);
            if (!mended) buffer.clear();
          };
      machine.boot(
          () -> {
            kernel.memory().kmalloc("toy_buffer", 64, Gfp.KERNEL).ifPresent(buffer::set);
            machine.kthread("first", READER, TaskPlacement.bound(0), release);
            machine.kthread("second", WRITER, TaskPlacement.bound(1), release);
          });
      machine.runToEnd();
    }
  }

  private static void lateUse(Trial trial, boolean mended) {
    try (Machine machine = trial.machine(2)) {
      Kernel kernel = machine.kernel();
      SkBuffs buffers = new SkBuffs(machine);
      machine.attachNet(buffers);
      var list = buffers.skbQueueHead("toy_queue");
      machine.boot(
          () -> {
            Optional<SkBuff> made = kernel.net().allocSkb(0, 64);
            if (made.isEmpty()) return;
            SkBuff skb = made.get();
            machine.kthread(
                "reader",
                READER,
                TaskPlacement.bound(1),
                () -> list.dequeue().ifPresent(kernel.net()::kfreeSkb));
            if (!mended) kernel.net().kfreeSkb(skb);
            list.queueTail(skb);
          });
      machine.runToEnd();
    }
  }

  private static void leak(Trial trial, boolean mended) {
    trial.watch(new LeakChecker());
    try (Machine machine = trial.machine(1)) {
      Kernel kernel = machine.kernel();
      machine.boot(
          () -> {
            Optional<Allocation> first = kernel.memory().kmalloc("toy_head", 64, Gfp.KERNEL);
            if (first.isEmpty()) return;
            Optional<Allocation> second = kernel.memory().kmalloc("toy_data", 64, Gfp.KERNEL);
            if (second.isEmpty() && !mended) return;
            second.ifPresent(kernel.memory()::free);
            kernel.memory().free(first.get());
          });
      machine.runToEnd();
    }
  }
}
