package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.HANDLER;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.MICROSECOND;
import static besser.kernel.machine.Fixtures.TASKLET_FN;
import static besser.kernel.machine.Fixtures.TIMER_FN;
import static besser.kernel.machine.Fixtures.WAIT;
import static besser.kernel.machine.Fixtures.WORK_FN;

import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.Mutex;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.WorkqueueFlag;
import besser.kernel.random.RandomStream;

/** A driver-like load that touches every part of a machine. */
final class Workload {
  private final Machine machine;
  private final Kernel kernel;
  private final SpinLock lock;
  private final Mutex mutex;
  private final WaitQueue queue;
  private final Workqueue high;
  private final Work rxWork;
  private final Tasklet tasklet;
  private final Timer timer;
  private int pending;
  private long delivered;

  Workload(Machine machine) {
    this.machine = machine;
    this.kernel = machine.kernel();
    this.lock = kernel.spinLock(LOCK);
    this.mutex = kernel.mutex(LOCK);
    this.queue = kernel.waitQueue(WAIT);
    this.high =
        kernel.allocWorkqueue("high", 2, WorkqueueFlag.HIGHPRI, WorkqueueFlag.CPU_INTENSIVE);
    this.rxWork = kernel.work(WORK_FN, this::receive);
    this.tasklet = kernel.tasklet(TASKLET_FN, () -> delivered++);
    this.timer = kernel.timer(TIMER_FN, this::tick);
  }

  long delivered() {
    return delivered;
  }

  void start() {
    IrqLine line = machine.hardware().irqLine(40, "dev", 0);
    line.requestIrq(HANDLER, () -> high.queue(rxWork));
    RandomStream gaps = machine.hardware().random("device");
    Alarm[] alarm = new Alarm[1];
    alarm[0] =
        machine
            .hardware()
            .alarm(
                () -> {
                  line.raise();
                  alarm[0].arm(MICROSECOND * (100 + gaps.nextInt(400)));
                });
    alarm[0].arm(MICROSECOND);
    machine.boot(() -> timer.mod(5));
    machine.kthread("bh", BODY, TaskPlacement.NORMAL, this::bottomHalf);
    for (int i = 0; i < 3; i++) {
      machine.kthread("user" + i, BODY, TaskPlacement.NORMAL, this::user);
    }
  }

  private void receive() {
    mutex.lock();
    kernel.clock().udelay(5);
    lock.lockIrqsave();
    pending++;
    lock.unlockIrqrestore();
    mutex.unlock();
    queue.wakeUp();
  }

  private void bottomHalf() {
    while (true) {
      queue.waitEventTimeout(() -> pending > 0, 300);
      lock.lockBh();
      pending = 0;
      tasklet.schedule();
      lock.unlockBh();
      kernel
          .memory()
          .kzalloc("bh", 4096, Gfp.ATOMIC)
          .ifPresent(memory -> kernel.memory().free(memory));
    }
  }

  private void user() {
    while (true) {
      kernel.clock().udelay(200);
      mutex.lock();
      kernel.clock().usleepRange(50, 150);
      mutex.unlock();
      kernel.clock().msleep(3);
    }
  }

  private void tick() {
    kernel.systemWq().queue(rxWork);
    timer.mod(kernel.clock().jiffies() + 5);
  }
}
