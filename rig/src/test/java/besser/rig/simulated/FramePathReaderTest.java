package besser.rig.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.rig.run.FramePath;
import besser.rig.simulated.FramePathRecorder.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FramePathReaderTest {
  private static final Map<Long, String> FUNCTIONS =
      Map.of(1L, "sdio_irq_work", 2L, "sdio_rx_work", 3L, "dw_mci_work_func");
  private static final int RX_WORKER = 70;
  private static final int BH = 71;

  private final List<Moment> moments = new ArrayList<>();

  private void happened(String name, int pid, boolean inInterrupt, long number, String text) {
    long timeNanos = 1000L * moments.size();
    String comm = pid == 0 ? "swapper/0" : "kworker/0:0H";
    moments.add(new Moment(name, timeNanos, 0, pid, comm, inInterrupt, number, text));
  }

  /** From the card's interrupt to the softirq behind the frame, on one CPU. */
  private FramePath pathOfOneBatch() {
    happened("irq_handler_entry", 0, true, 5, "mmc0");
    happened("workqueue_queue_work", 0, true, 1, "");
    happened("irq_handler_exit", 0, true, 5, "");
    happened("sched_switch", 0, false, RX_WORKER, "kworker/0:0H");
    happened("workqueue_execute_start", RX_WORKER, false, 2, "");
    happened("softirq_entry", RX_WORKER, true, 0, "");
    happened("workqueue_execute_start", RX_WORKER, true, 3, "");
    happened("workqueue_execute_end", RX_WORKER, true, 3, "");
    happened("softirq_exit", RX_WORKER, true, 0, "");
    happened("sched_wakeup", RX_WORKER, false, BH, "bes2600_bh");
    happened("ieee80211_rx_irqsafe", RX_WORKER, false, 0, "");
    happened("softirq_entry", RX_WORKER, true, 6, "");
    happened("softirq_exit", RX_WORKER, true, 6, "");
    happened("irq_handler_entry", 0, true, 5, "mmc0");
    happened("workqueue_queue_work", 0, true, 1, "");
    return new FramePathReader(
            "relay", address -> FUNCTIONS.getOrDefault(address, "?"), Map.of(), moments)
        .read()
        .orElseThrow();
  }

  @Test
  void aWorkItemInASoftirqDoesNotRenameTheTaskBelow() {
    FramePath path = pathOfOneBatch();
    assertEquals(
        List.of("hardirq cpu0", "kworker/0:0H", "sdio_rx_work", "softirq cpu0"),
        path.spans().stream().map(FramePath.Span::lane).distinct().sorted().toList());
    FramePath.Handover wake =
        path.handovers().stream().filter(h -> h.how().equals("wake_up")).findFirst().orElseThrow();
    assertEquals("sdio_rx_work", wake.fromLane());
    assertEquals("bes2600_bh", wake.toLane());
  }

  @Test
  void theBatchEndsWithTheSoftirqBehindItsLastFrame() {
    FramePath path = pathOfOneBatch();
    long end = path.spans().stream().mapToLong(FramePath.Span::endNanos).max().orElseThrow();
    assertEquals(12_000, end);
  }
}
