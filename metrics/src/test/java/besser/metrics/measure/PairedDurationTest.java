package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Capture;
import besser.metrics.Figure;
import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Unit;
import besser.metrics.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PairedDurationTest {
  private static final String QUEUE = "workqueue:workqueue_queue_work";
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String ENTRY = "irq:irq_handler_entry";
  private static final String EXIT = "irq:irq_handler_exit";

  private static Capture capture() {
    return new Capture()
        .format("workqueue", "workqueue_queue_work", "pointer work", "pointer function")
        .format("workqueue", "workqueue_execute_start", "pointer work", "pointer function")
        .format("irq", "irq_handler_entry", "int irq", "text name")
        .format("irq", "irq_handler_exit", "int irq", "int ret")
        .symbol(0x1000, "sdio_rx_work")
        .symbol(0x2000, "sdio_tx_work");
  }

  private static MetricDefinition latency(double percentile) {
    return new MetricDefinition(
        "latency",
        Unit.MICROSECONDS,
        new Source.PairedDuration(
            QUEUE,
            START,
            "work",
            Optional.of(Filter.parse("function == sdio_rx_work")),
            percentile));
  }

  private static Figure measure(Capture capture, MetricDefinition metric) {
    Measurement measurement =
        Instruments.of(List.of(metric))
            .measure(List.of(new Window("step", 1_000_000, Duration.ofSeconds(1))));
    measurement.read(capture);
    return measurement.figures().getFirst().figures().getFirst();
  }

  @Test
  void timesFromQueueingToStartAcrossCpus() {
    Capture capture = capture();
    for (int i = 0; i < 100; i++) {
      long queued = 2_000_000 + i * 1_000_000L;
      capture.event(queued, 0, "irq/9-9", QUEUE, "work", 0x77, "function", 0x1000);
      capture.event(queued + 10, 1, "irq/9-9", QUEUE, "work", 0x88, "function", 0x2000);
      // the i-th starts after i + 1 µs
      capture.event(
          queued + (i + 1) * 1000L, 1, "kworker-8", START, "work", 0x77, "function", 0x1000);
      capture.event(queued + 900_000, 0, "kworker-8", START, "work", 0x88, "function", 0x2000);
    }
    Figure median = measure(capture, latency(50));

    assertEquals(50, median.value().orElseThrow(), 0.05);
    assertEquals(100, median.weight());
    assertEquals(99, measure(capture, latency(99)).value().orElseThrow(), 0.1);
  }

  @Test
  void countsAPairWhereItEnds() {
    Capture capture = capture();
    capture.event(999_000, 0, "a-1", QUEUE, "work", 1, "function", 0x1000);
    capture.event(1_001_000, 0, "a-1", START, "work", 1, "function", 0x1000);
    capture.event(500, 0, "a-1", QUEUE, "work", 2, "function", 0x1000);
    capture.event(999_999, 0, "a-1", START, "work", 2, "function", 0x1000);
    Figure figure = measure(capture, latency(50));

    assertEquals(1, figure.weight());
    assertEquals(2, figure.value().orElseThrow(), 0.01);
  }

  @Test
  void takesTheLaterOfTwoOpenings() {
    Capture capture = capture();
    capture.event(2_000_000, 0, "a-1", QUEUE, "work", 1, "function", 0x1000);
    capture.event(2_005_000, 0, "a-1", QUEUE, "work", 1, "function", 0x1000);
    capture.event(2_008_000, 0, "a-1", START, "work", 1, "function", 0x1000);
    capture.event(2_009_000, 0, "a-1", START, "work", 1, "function", 0x1000);

    assertEquals(3, measure(capture, latency(50)).value().orElseThrow(), 0.01);
  }

  @Test
  void forgetsOpenPairsOverAGap() {
    Capture capture = capture();
    capture.event(2_000_000, 0, "a-1", QUEUE, "work", 1, "function", 0x1000);
    capture.lost(2_004_000, 0, 5);
    capture.event(2_008_000, 0, "a-1", START, "work", 1, "function", 0x1000);

    assertEquals(
        new Quality.Missing("no pair of events ended in the window"),
        measure(capture, latency(50)).quality());
  }

  @Test
  void pairsInterruptsOnTheirOwnCpu() {
    MetricDefinition metric =
        new MetricDefinition(
            "irq",
            Unit.MICROSECONDS,
            new Source.PairedDuration(ENTRY, EXIT, "cpu,irq", Optional.empty(), 50));
    Capture capture = capture();
    capture.event(2_000_000, 0, "a-1", ENTRY, "irq", 9, "name", "dw-mci");
    capture.event(2_001_000, 1, "b-2", ENTRY, "irq", 9, "name", "dw-mci");
    capture.event(2_004_000, 1, "b-2", EXIT, "irq", 9);
    capture.event(2_003_000, 0, "a-1", EXIT, "irq", 9);
    Figure figure = measure(capture, metric);

    assertEquals(2, figure.weight());
    assertEquals(3, figure.value().orElseThrow(), 0.01);
    assertFalse(Instruments.of(List.of(metric)).needsTimeOrder());
    assertTrue(Instruments.of(List.of(latency(50))).needsTimeOrder());
  }

  @Test
  void namesTheFieldThatCannotBePairedBy() {
    MetricDefinition metric =
        new MetricDefinition(
            "irq",
            Unit.MICROSECONDS,
            new Source.PairedDuration(ENTRY, EXIT, "line", Optional.empty(), 50));

    assertEquals(
        new Quality.Missing("irq:irq_handler_exit has no field line to pair by, it has [irq, ret]"),
        measure(capture().event(1, 0, "a-1", ENTRY), metric).quality());
  }
}
