package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Capture;
import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Source.LockAspect;
import besser.metrics.Source.LockWaitStatistic;
import besser.metrics.Source.Per;
import besser.metrics.Source.WaitAfter;
import besser.metrics.Unit;
import besser.metrics.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Run queues, locks and wait queues. */
final class ThreadWaitTest {
  private static final String WAKEUP = "sched:sched_wakeup";
  private static final String SWITCH = "sched:sched_switch";
  private static final String BEGIN = "lock:contention_begin";
  private static final String END = "lock:contention_end";
  private static final String ACQUIRE = "lock:lock_acquire";
  private static final long PREEMPTED = 0x100;
  private static final long SLEEPS = 1;

  private static Figure measure(Capture capture, Unit unit, Source source) {
    Measurement measurement =
        Instruments.of(List.of(new MetricDefinition("metric", unit, source)))
            .measure(List.of(new Window("step", 0, Duration.ofSeconds(1))));
    measurement.read(capture);
    return measurement.figures().getFirst().figures().getFirst();
  }

  private static Capture scheduler() {
    return new Capture()
        .format("sched", "sched_wakeup", "text comm", "int pid", "int prio", "int target_cpu")
        .format(
            "sched",
            "sched_switch",
            "text prev_comm",
            "int prev_pid",
            "long prev_state",
            "text next_comm",
            "int next_pid");
  }

  private static Capture switching(
      Capture capture, long atNanos, int cpu, int from, long state, int to, String toName) {
    return capture.event(
        atNanos,
        cpu,
        "t-" + from,
        SWITCH,
        "prev_pid",
        from,
        "prev_state",
        state,
        "next_pid",
        to,
        "next_comm",
        toName);
  }

  /** bh (7) is woken and waits 5 µs; preempted by 8 and waits 20 µs. */
  private static Capture bottomHalfRuns() {
    Capture capture = scheduler();
    capture.event(1_000, 1, "irq-3", WAKEUP, "pid", 7, "comm", "bes2600_bh");
    switching(capture, 6_000, 0, 0, 0, 7, "bes2600_bh");
    switching(capture, 10_000, 0, 7, PREEMPTED, 8, "other");
    switching(capture, 30_000, 0, 8, SLEEPS, 7, "bes2600_bh");
    switching(capture, 40_000, 0, 7, SLEEPS, 0, "swapper/0");
    // asleep, so not on a run queue until it is woken
    capture.event(90_000, 0, "swapper-0", WAKEUP, "pid", 7, "comm", "bes2600_bh");
    switching(capture, 91_000, 0, 0, 0, 7, "bes2600_bh");
    return capture;
  }

  @Test
  void timesWakeUpToSwitch() {
    Figure figure =
        measure(
            bottomHalfRuns(),
            Unit.MICROSECONDS,
            new Source.RunQueueWait(WaitAfter.WAKE_UP, Optional.of("bes2600_*"), 99.9));
    assertEquals(2, figure.weight());
    assertEquals(5, figure.value().orElseThrow(), 0.01);
  }

  @Test
  void countsPreemptedTimeAsWaiting() {
    Figure figure =
        measure(
            bottomHalfRuns(),
            Unit.MICROSECONDS,
            new Source.RunQueueWait(WaitAfter.ANY, Optional.of("bes2600_bh"), 99.9));
    assertEquals(3, figure.weight());
    assertEquals(20, figure.value().orElseThrow(), 0.02);
  }

  private static Capture locks() {
    return new Capture()
        .format("lock", "contention_begin", "pointer lock_addr", "uint flags")
        .format("lock", "contention_end", "pointer lock_addr", "int ret");
  }

  @Test
  void addsUpTheTimeWaitedForALock() {
    Capture capture = locks().symbol(0x100, "ba_lock").symbol(0x200, "rx_queue_lock");
    capture.event(1_000_000, 0, "a-1", BEGIN, "lock_addr", 0x200);
    capture.event(2_000_000, 1, "b-2", BEGIN, "lock_addr", 0x200);
    capture.event(2_500_000, 1, "b-2", BEGIN, "lock_addr", 0x100);
    capture.event(3_000_000, 0, "a-1", END, "lock_addr", 0x200);
    capture.event(3_500_000, 1, "b-2", END, "lock_addr", 0x100);
    capture.event(8_000_000, 1, "b-2", END, "lock_addr", 0x200);

    Figure share =
        measure(
            capture, Unit.PERCENT, new Source.LockWait("rx_queue_lock", LockWaitStatistic.SHARE));
    assertEquals(0.8, share.value().orElseThrow(), 1e-9);
    assertEquals(2, share.weight());
    Figure maximum =
        measure(
            capture,
            Unit.MILLISECONDS,
            new Source.LockWait("rx_queue_lock", LockWaitStatistic.MAXIMUM));
    assertEquals(6, maximum.value().orElseThrow(), 0.006);
  }

  @Test
  void countsContentionsByAddressAndLearnsNamesFromLockdep() {
    Capture capture =
        locks().format("lock", "lock_acquire", "uint flags", "text name", "pointer lockdep_addr");
    capture.event(1, 0, "a-1", ACQUIRE, "name", "&self->rx_queue_lock", "lockdep_addr", 0x200);
    capture.event(2, 1, "b-1", ACQUIRE, "name", "&self->rx_queue_lock", "lockdep_addr", 0x200);
    capture.event(3, 1, "b-1", BEGIN, "lock_addr", 0x200);
    capture.event(4, 1, "b-1", BEGIN, "lock_addr", 0x300);
    capture.event(5, 0, "a-1", ACQUIRE, "name", "&other_rx_queue_lock", "lockdep_addr", 0x300);

    Source taken = new Source.LockRate("rx_queue_lock", LockAspect.ACQUISITIONS, Per.SECOND);
    assertEquals(2, measure(capture, Unit.PER_SECOND, taken).value().orElseThrow());
    Source contended = new Source.LockRate("rx_queue_lock", LockAspect.CONTENTIONS, Per.SECOND);
    assertEquals(1, measure(capture, Unit.PER_SECOND, contended).value().orElseThrow());
    Source written = new Source.LockRate("0x300", LockAspect.CONTENTIONS, Per.SECOND);
    assertEquals(1, measure(capture, Unit.PER_SECOND, written).value().orElseThrow());
  }

  @Test
  void saysThatOnlyLockdepNamesLocks() {
    Capture capture = locks();
    capture.event(3, 1, "b-1", BEGIN, "lock_addr", 0x200);

    assertEquals(
        new Quality.Missing(
            "the capture has no event lock:lock_acquire, which only kernels built with lockdep"
                + " record"),
        measure(
                capture,
                Unit.PER_SECOND,
                new Source.LockRate("rx_queue_lock", LockAspect.ACQUISITIONS, Per.SECOND))
            .quality());
    assertEquals(
        new Quality.Missing(
            "no contended lock could be named rx_queue_lock: lock:contention_begin holds addresses"
                + " only; write the lock's address (0x...), or use a kernel with lockdep"),
        measure(
                capture,
                Unit.PER_SECOND,
                new Source.LockRate("rx_queue_lock", LockAspect.CONTENTIONS, Per.SECOND))
            .quality());
  }

  private static final String WAKE = "kprobe:__wake_up";
  private static final String EXECUTE_START = "workqueue:workqueue_execute_start";
  private static final String EXECUTE_END = "workqueue:workqueue_execute_end";

  private static Capture wakes() {
    return new Capture()
        .format("kprobe", "__wake_up", "pointer __probe_ip", "pointer wq_head")
        .format("workqueue", "workqueue_execute_start", "pointer work", "pointer function")
        .format("workqueue", "workqueue_execute_end", "pointer work", "pointer function")
        .symbol(0x10, "sdio_rx_work")
        .symbol(0x20, "sdio_tx_work")
        .symbol(0x30, "bh_wq")
        .symbol(0x40, "wsm_cmd_wq");
  }

  @Test
  void countsWakesOfAQueueByTheWorkThatIssuesThem() {
    Capture capture = wakes();
    capture.event(1, 0, "kworker-5", EXECUTE_START, "work", 1, "function", 0x10);
    capture.event(2, 0, "kworker-5", WAKE, "wq_head", 0x30);
    capture.event(3, 0, "kworker-5", WAKE, "wq_head", 0x40);
    // the worker moved to another CPU; somebody else woke on its old one
    capture.event(4, 1, "kworker-5", WAKE, "wq_head", 0x30);
    capture.event(5, 0, "kworker-6", WAKE, "wq_head", 0x30);
    capture.event(6, 1, "kworker-5", EXECUTE_END, "work", 1, "function", 0x10);
    capture.event(7, 1, "kworker-5", WAKE, "wq_head", 0x30);
    capture.event(8, 1, "kworker-5", EXECUTE_START, "work", 2, "function", 0x20);
    capture.event(9, 1, "kworker-5", WAKE, "wq_head", 0x30);

    Source all = new Source.WakeRate("bh_wq", Optional.empty(), Per.SECOND);
    assertEquals(5, measure(capture, Unit.PER_SECOND, all).value().orElseThrow());
    Source fromRx = new Source.WakeRate("bh_wq", Optional.of("sdio_rx_work"), Per.SECOND);
    assertEquals(2, measure(capture, Unit.PER_SECOND, fromRx).value().orElseThrow());
  }

  @Test
  void whatInterruptsAWorkItemIsNotTheWorkItem() {
    long softirq = 0x10;
    Capture capture =
        new Capture()
            .format(
                "workqueue",
                "workqueue_execute_start",
                "uint common_flags",
                "pointer work",
                "pointer function")
            .format(
                "workqueue",
                "workqueue_execute_end",
                "uint common_flags",
                "pointer work",
                "pointer function")
            .format("kprobe", "__wake_up", "uint common_flags", "pointer wq_head")
            .symbol(0x10, "sdio_rx_work")
            .symbol(0x20, "dw_mci_work_func")
            .symbol(0x30, "bh_wq");
    String worker = "kworker-5";
    capture.event(1, 0, worker, EXECUTE_START, "work", 1, "function", 0x10);
    capture.event(2, 0, worker, WAKE, "wq_head", 0x30);
    capture.event(
        3, 0, worker, EXECUTE_START, "common_flags", softirq, "work", 2, "function", 0x20);
    capture.event(4, 0, worker, WAKE, "common_flags", softirq, "wq_head", 0x30);
    capture.event(5, 0, worker, EXECUTE_END, "common_flags", softirq, "work", 2, "function", 0x20);
    capture.event(6, 0, worker, WAKE, "wq_head", 0x30);
    capture.event(7, 0, worker, EXECUTE_END, "work", 1, "function", 0x10);
    capture.event(8, 0, worker, WAKE, "wq_head", 0x30);

    Source fromRx = new Source.WakeRate("bh_wq", Optional.of("sdio_rx_work"), Per.SECOND);
    assertEquals(2, measure(capture, Unit.PER_SECOND, fromRx).value().orElseThrow());
    Source fromBh = new Source.WakeRate("bh_wq", Optional.of("dw_mci_work_func"), Per.SECOND);
    assertEquals(1, measure(capture, Unit.PER_SECOND, fromBh).value().orElseThrow());
  }

  @Test
  void asksForTheWaitQueueThatTheProbeMustFetch() {
    Capture capture = new Capture().format("kprobe", "__wake_up", "pointer __probe_ip");
    assertEquals(
        new Quality.Missing(
            "the probe of __wake_up fetches no wq_head, so wait queues cannot be told apart; define"
                + " it as p:kprobe/__wake_up __wake_up wq_head=$arg1"),
        measure(
                capture,
                Unit.PER_SECOND,
                new Source.WakeRate("bh_wq", Optional.empty(), Per.SECOND))
            .quality());
  }
}
