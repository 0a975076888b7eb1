package besser.kernel.machine;

import static besser.kernel.machine.Fixtures.BODY;
import static besser.kernel.machine.Fixtures.HANDLER;
import static besser.kernel.machine.Fixtures.LOCK;
import static besser.kernel.machine.Fixtures.MICROSECOND;
import static besser.kernel.machine.Fixtures.MILLISECOND;
import static besser.kernel.machine.Fixtures.SECOND;
import static besser.kernel.machine.Fixtures.TASKLET_FN;
import static besser.kernel.machine.Fixtures.TIMER_FN;
import static besser.kernel.machine.Fixtures.WAIT;
import static besser.kernel.machine.Fixtures.WORK_FN;
import static besser.kernel.machine.Fixtures.on;
import static besser.kernel.machine.Fixtures.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.Tasklet;
import besser.kernel.Timer;
import besser.kernel.WaitQueue;
import besser.kernel.Work;
import besser.kernel.observe.TraceField;
import besser.kernel.observe.TraceListener;
import besser.kernel.observe.TraceRecord;
import besser.kernel.observe.Tracepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class TracepointTest {

  private static String functionOf(Machine machine, TraceRecord record, String field) {
    long address = record.number(record.tracepoint().field(field));
    return machine.symbols().resolve(address).map(KernelFunction::name).orElse("?");
  }

  @Test
  void workItemIsTracedFromQueueingToItsEnd() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> events = new ArrayList<>();
      for (String name :
          List.of(
              "workqueue_queue_work",
              "workqueue_activate_work",
              "workqueue_execute_start",
              "workqueue_execute_end")) {
        machine
            .tracepoints()
            .enable(
                "workqueue:" + name,
                record ->
                    events.add(
                        record.tracepoint().name()
                            + " "
                            + functionOf(machine, record, "function")
                            + " by "
                            + record.comm()));
      }
      Work work = kernel.work(WORK_FN, () -> {});
      machine.boot(() -> kernel.systemWq().queue(work));
      machine.runUntil(MILLISECOND);
      assertEquals(
          List.of(
              "workqueue_queue_work work_fn by init",
              "workqueue_activate_work work_fn by init",
              "workqueue_execute_start work_fn by kworker/0:0",
              "workqueue_execute_end work_fn by kworker/0:0"),
          events);
    }
  }

  /** CPUs are told apart, so that their records come in order of time only after sorting. */
  private static void add(List<String> events, TraceRecord record, String text) {
    events.add("%015d %s".formatted(record.timeNanos(), text));
  }

  @Test
  void wakeUpAndSwitchShowWhoAndWhere() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      WaitQueue queue = kernel.waitQueue(WAIT);
      boolean[] flag = {false};
      List<String> events = new ArrayList<>();
      for (String name : List.of("sched:sched_waking", "sched:sched_wakeup")) {
        machine
            .tracepoints()
            .enable(
                name,
                r ->
                    add(
                        events,
                        r,
                        r.tracepoint().name() + " " + r.text(0) + " cpu " + r.number(3)));
      }
      machine
          .tracepoints()
          .enable(
              "sched:sched_switch",
              r -> add(events, r, r.text(0) + "[" + r.number(3) + "] ==> " + r.text(4)));
      machine.kthread(
          "sleeper",
          BODY,
          on(1),
          () -> {
            queue.waitEvent(() -> flag[0]);
          });
      machine.runUntil(MILLISECOND);
      events.clear();
      machine.kthread(
          "waker",
          BODY,
          on(0),
          () -> {
            flag[0] = true;
            queue.wakeUp();
          });
      machine.runUntil(2 * MILLISECOND);
      assertEquals(
          List.of(
              "swapper/0[0] ==> waker",
              "sched_waking sleeper cpu 1",
              "sched_wakeup sleeper cpu 1",
              "swapper/1[0] ==> sleeper",
              "waker[32] ==> swapper/0",
              "sleeper[32] ==> swapper/1"),
          events.stream().sorted().map(event -> event.substring(event.indexOf(' ') + 1)).toList());
    }
  }

  @Test
  void interruptSoftirqAndTaskletAreTraced() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<String> events = new ArrayList<>();
      for (String name :
          List.of(
              "irq_handler_entry",
              "irq_handler_exit",
              "softirq_raise",
              "softirq_entry",
              "softirq_exit",
              "tasklet_entry",
              "tasklet_exit")) {
        machine
            .tracepoints()
            .enable("irq:" + name, r -> events.add(name + " " + r.number(0) % 1000));
      }
      Tasklet tasklet = kernel.tasklet(TASKLET_FN, () -> {});
      IrqLine line = machine.hardware().irqLine(40, "dev", 0);
      line.requestIrq(HANDLER, tasklet::schedule);
      machine.hardware().after(MICROSECOND, line::raise);
      machine.runUntil(MILLISECOND);
      assertEquals("irq_handler_entry 40", events.get(0));
      assertEquals("softirq_raise 6", events.get(1));
      assertEquals("irq_handler_exit 40", events.get(2));
      assertEquals("softirq_entry 6", events.get(3));
      assertEquals("softirq_exit 6", events.get(6));
      assertEquals(7, events.size());
    }
  }

  @Test
  void contentionAndTimersAreTraced() {
    try (Machine machine = timed(2)) {
      Kernel kernel = machine.kernel();
      SpinLock lock = kernel.spinLock(LOCK);
      List<String> events = new ArrayList<>();
      for (String name :
          List.of(
              "lock:contention_begin",
              "lock:contention_end",
              "timer:timer_start",
              "timer:timer_expire_entry",
              "timer:timer_expire_exit",
              "timer:timer_cancel")) {
        machine.tracepoints().enable(name, r -> events.add(r.tracepoint().name()));
      }
      for (int cpu = 0; cpu < 2; cpu++) {
        machine.kthread(
            "task",
            BODY,
            on(cpu),
            () -> {
              lock.lock();
              kernel.clock().udelay(10);
              lock.unlock();
            });
      }
      Timer timer = kernel.timer(TIMER_FN, () -> {});
      machine.kthread(
          "armer",
          BODY,
          on(0),
          () -> {
            kernel.clock().udelay(100);
            timer.mod(100);
            timer.delete();
            timer.mod(2);
          });
      machine.runUntil(SECOND);
      assertEquals(
          List.of(
              "contention_begin",
              "contention_end",
              "timer_start",
              "timer_cancel",
              "timer_start",
              "timer_expire_entry",
              "timer_expire_exit"),
          events);
    }
  }

  @Test
  void kprobeSeesEveryEntryIntoAFunction() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      machine.symbols().declare(BODY);
      List<Long> addresses = new ArrayList<>();
      machine.tracepoints().enable("kprobe:body", record -> addresses.add(record.number(0)));
      machine.boot(
          () -> {
            for (int i = 0; i < 3; i++) {
              try (var _ = kernel.enter(BODY)) {
                kernel.clock().udelay(1);
              }
            }
          });
      machine.runUntil(MILLISECOND);
      assertEquals(3, addresses.size());
      assertEquals(BODY, machine.symbols().resolve(addresses.getFirst()).orElseThrow());
    }
  }

  @Test
  void otherModulesDeclareTheirOwn() {
    try (Machine machine = timed(1)) {
      Tracepoint start =
          machine
              .tracepoints()
              .declare(
                  "mmc",
                  "mmc_request_start",
                  "",
                  TraceField.number("cmd_opcode", "u32", 4, false),
                  TraceField.dynamicText("name"));
      List<String> seen = new ArrayList<>();
      machine
          .tracepoints()
          .enable(
              "mmc:mmc_request_start",
              r -> seen.add(r.timeNanos() + " " + r.number(0) + " " + r.text(1)));
      machine.boot(
          () -> {
            machine.consume(1000);
            if (start.isEnabled()) start.begin().number(0, 53).text(1, "mmc1").emit();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(1, seen.size());
      assertTrue(seen.getFirst().endsWith(" 53 mmc1"), "saw " + seen);
    }
  }

  /** Keeps what it hears of some objects, and asks of each once. */
  private record Choosy(Predicate<TraceRecord> wanted, List<String> asked, List<String> heard)
      implements TraceListener {
    Choosy(Predicate<TraceRecord> wanted) {
      this(wanted, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public boolean wants(TraceRecord first) {
      asked.add(textOf(first));
      return wanted.test(first);
    }

    @Override
    public void on(TraceRecord record) {
      heard.add(textOf(record));
    }

    private static String textOf(TraceRecord record) {
      return switch (record.tracepoint().name()) {
        case "lock_acquire" -> record.text(1);
        case "__wake_up" -> record.text(2);
        default -> Long.toHexString(record.number(1));
      };
    }
  }

  @Test
  void acquisitionsOfOneLockCanBeHeardApart() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      SpinLock before = kernel.spinLock(new LockClass("&dev->early_lock", "test"));
      List<String> all = new ArrayList<>();
      Choosy one = new Choosy(first -> first.text(1).endsWith("late_lock"));
      machine.tracepoints().enable("lock:lock_acquire", r -> all.add(r.text(1)));
      machine.tracepoints().enable("lock:lock_acquire", one);
      SpinLock after = kernel.spinLock(new LockClass("&dev->late_lock", "test"));
      machine.boot(
          () -> {
            for (SpinLock lock : List.of(before, after, before, after)) {
              lock.lock();
              lock.unlock();
            }
            machine.tracepoints().disable("lock:lock_acquire", one);
            after.lock();
            after.unlock();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(
          List.of(
              "&dev->early_lock",
              "&dev->late_lock",
              "&dev->early_lock",
              "&dev->late_lock",
              "&dev->late_lock"),
          all);
      assertEquals(List.of("&dev->late_lock", "&dev->late_lock"), one.heard());
      assertEquals(List.of("&dev->early_lock", "&dev->late_lock"), one.asked());
    }
  }

  @Test
  void wakeUpsOfOneQueueCanBeHeardApart() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      WaitQueue one = kernel.waitQueue(new LockClass("&dev->one", "test"));
      WaitQueue other = kernel.waitQueue(new LockClass("&dev->other", "test"));
      Choosy listener = new Choosy(first -> first.text(2).endsWith("->one"));
      machine.tracepoints().enable("kprobe:__wake_up", listener);
      machine.boot(
          () -> {
            for (WaitQueue queue : List.of(other, one, other, one)) queue.wakeUp();
          });
      machine.runUntil(MILLISECOND);
      assertEquals(List.of("&dev->one", "&dev->one"), listener.heard());
      assertEquals(List.of("&dev->other", "&dev->one"), listener.asked());
    }
  }

  @Test
  void workItemsOfOneFunctionCanBeHeardApart() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      Work wanted = kernel.work(WORK_FN, () -> {});
      Work alike = kernel.work(WORK_FN, () -> {});
      Work unwanted = kernel.work(BODY, () -> {});
      String address = Long.toHexString(machine.symbols().addressOf(WORK_FN));
      for (String event : List.of("queue_work", "activate_work", "execute_start", "execute_end")) {
        Choosy listener = new Choosy(first -> Long.toHexString(first.number(1)).equals(address));
        List<Long> instants = new ArrayList<>();
        machine.tracepoints().enable("workqueue:workqueue_" + event, listener);
        machine.tracepoints().enableInstants("workqueue:workqueue_" + event, instants::add);
        machine.boot(
            () -> {
              for (Work work : List.of(wanted, unwanted, alike, unwanted)) {
                kernel.systemWq().queue(work);
                kernel.clock().msleep(1);
              }
            });
        machine.runUntil(machine.nowNanos() + SECOND / 10);
        assertEquals(List.of(address, address), listener.heard(), event);
        assertEquals(2, listener.asked().size(), event);
        assertEquals(4, instants.size(), event);
      }
    }
  }

  @Test
  void whoOnlyCountsHearsAsMuchAsWhoReads() {
    try (Machine machine = timed(1)) {
      List<Long> instants = new ArrayList<>();
      LongConsumer counter = instants::add;
      List<Long> read = new ArrayList<>();
      List<String> readers = new ArrayList<>();
      Tracepoint point = machine.tracepoints().enableInstants("sched:sched_switch", counter);
      assertTrue(point.isEnabled());
      assertFalse(point.isRead());
      machine.boot(() -> {});
      machine.runUntil(MILLISECOND);
      assertFalse(instants.isEmpty());

      instants.clear();
      machine
          .tracepoints()
          .enable(
              "sched:sched_switch",
              record -> {
                read.add(record.timeNanos());
                readers.add(record.text(4));
              });
      assertTrue(point.isRead());
      machine.boot(() -> {});
      machine.runUntil(2 * MILLISECOND);
      assertEquals(read, instants);
      assertEquals(Set.of("init", "swapper/0"), Set.copyOf(readers));

      machine.tracepoints().disableInstants("sched:sched_switch", counter);
      machine.boot(() -> {});
      machine.runUntil(3 * MILLISECOND);
      assertTrue(read.size() > instants.size());
    }
  }

  @Test
  void probesTellInstantsToo() {
    try (Machine machine = timed(1)) {
      Kernel kernel = machine.kernel();
      List<Long> instants = new ArrayList<>();
      machine.symbols().addressOf(BODY);
      machine.tracepoints().enableInstants("kprobe:" + BODY.name(), instants::add);
      machine.boot(
          () -> {
            for (int i = 0; i < 3; i++) {
              try (var _ = kernel.enter(BODY)) {
                kernel.clock().udelay(1);
              }
            }
          });
      machine.runUntil(MILLISECOND);
      assertEquals(3, Set.copyOf(instants).size());
    }
  }

  @Test
  void unknownNamesAreRefusedWithWhatThereIs() {
    try (Machine machine = timed(1)) {
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class,
              () -> machine.tracepoints().enable("mac80211:drv_rx_irqsafe", r -> {}));
      assertTrue(String.valueOf(failure.getMessage()).contains("sched:sched_switch"));
    }
  }

  @Test
  void disabledEventIsHeardNoMore() {
    try (Machine machine = timed(1)) {
      int[] seen = {0};
      TraceListener listener = record -> seen[0]++;
      machine.tracepoints().enable("sched:sched_switch", listener);
      machine.boot(() -> {});
      machine.runUntil(MILLISECOND);
      int before = seen[0];
      assertTrue(before > 0);
      machine.tracepoints().disable("sched:sched_switch", listener);
      machine.boot(() -> {});
      machine.runUntil(2 * MILLISECOND);
      assertEquals(before, seen[0]);
    }
  }

  @Test
  void recordsOfOneCpuAreInOrderOfTime() {
    try (Machine machine = timed(4)) {
      long[] last = new long[4];
      int[] seen = {0};
      for (Tracepoint point : machine.tracepoints().all()) {
        machine
            .tracepoints()
            .enable(
                point.qualifiedName(),
                record -> {
                  assertTrue(record.timeNanos() >= last[record.cpu()], point.qualifiedName());
                  last[record.cpu()] = record.timeNanos();
                  seen[0]++;
                });
      }
      new Workload(machine).start();
      machine.runUntil(SECOND / 5);
      assertTrue(seen[0] > 1000);
    }
  }
}
