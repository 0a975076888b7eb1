package besser.metrics.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Capture;
import besser.metrics.match.AddressNames;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkAndLockTableTest {
  private static final String QUEUE = "workqueue:workqueue_queue_work";
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String END = "workqueue:workqueue_execute_end";

  private static Capture works() {
    return new Capture()
        .format("workqueue", "workqueue_queue_work", "pointer work", "pointer function")
        .format("workqueue", "workqueue_execute_start", "pointer work", "pointer function")
        .format("workqueue", "workqueue_execute_end", "pointer work", "pointer function")
        .symbol(0x1000, "sdio_rx_work")
        .symbol(0x2000, "sdio_tx_work");
  }

  private static WorkTable workTable(Capture capture) {
    WorkCounter counter = new WorkCounter(AddressNames.of(capture.symbols()));
    capture.readInTimeOrder(counter);
    return counter.table();
  }

  @Test
  void followsWorkItems() {
    Capture capture = works();
    capture.event(0, 0, "irq-3", QUEUE, "work", 7, "function", 0x1000);
    capture.event(5, 1, "kworker-8", START, "work", 7, "function", 0x1000);
    // queued again while it runs
    capture.event(10, 0, "irq-3", QUEUE, "work", 7, "function", 0x1000);
    capture.event(25, 1, "kworker-8", END, "work", 7, "function", 0x1000);
    capture.event(30, 1, "kworker-8", START, "work", 7, "function", 0x1000);
    capture.event(40, 0, "kworker-9", START, "work", 9, "function", 0x2000);
    capture.event(90, 1, "kworker-8", END, "work", 7, "function", 0x1000);

    assertEquals(
        List.of(
            new WorkTable.Row("sdio_rx_work", 2, 80, 20, 60, 5, 20),
            new WorkTable.Row("sdio_tx_work", 1, 0, 0, 0, 0, 0)),
        workTable(capture).rows());
  }

  @Test
  void doesNotTimeOverAGap() {
    Capture capture = works();
    capture.event(5, 1, "kworker-8", START, "work", 7, "function", 0x3000);
    capture.lost(9, 1, 3);
    capture.event(25, 1, "kworker-8", END, "work", 7, "function", 0x3000);

    assertEquals(List.of(new WorkTable.Row("0x3000", 1, 0, 0, 0, 0, 0)), workTable(capture).rows());
  }

  private static Capture locks() {
    return new Capture()
        .format("lock", "contention_begin", "pointer lock_addr", "uint flags")
        .format("lock", "contention_end", "pointer lock_addr", "int ret")
        .format("lock", "lock_acquire", "uint flags", "text name", "pointer lockdep_addr")
        .symbol(0x500, "tasklist_lock")
        .symbol(0x600, "jiffies");
  }

  @Test
  void addsUpWaitsByLock() {
    Capture capture = locks();
    capture.event(0, 0, "a-1", "lock:lock_acquire", "name", "&p->lock", "lockdep_addr", 0x900);
    capture.event(1, 0, "a-1", "lock:lock_acquire", "name", "&p->lock", "lockdep_addr", 0x910);
    wait(capture, 10, 30, 0, "a-1", 0x900, 1);
    wait(capture, 12, 52, 1, "b-2", 0x900, 1);
    wait(capture, 60, 65, 1, "b-2", 0x910, 1);
    wait(capture, 70, 71, 0, "a-1", 0x500, 3);
    wait(capture, 80, 83, 0, "swapper-0", 0x508, 32);
    // two idle tasks have one pid
    wait(capture, 82, 84, 1, "swapper-0", 0x508, 32);

    LockCounter counter = new LockCounter(AddressNames.of(capture.symbols()));
    capture.readInTimeOrder(counter);
    assertEquals(
        List.of(
            new LockTable.Row("&p->lock", "spin lock", 3, 65, 40),
            new LockTable.Row("0x508", "mutex", 2, 5, 3),
            new LockTable.Row("tasklist_lock", "spin lock reading", 1, 1, 1)),
        counter.table().rows());
  }

  private static void wait(
      Capture capture, long from, long to, int cpu, String task, long lock, int flags) {
    capture.event(from, cpu, task, "lock:contention_begin", "lock_addr", lock, "flags", flags);
    capture.event(to, cpu, task, "lock:contention_end", "lock_addr", lock);
  }
}
