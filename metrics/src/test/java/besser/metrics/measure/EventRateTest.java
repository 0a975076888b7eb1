package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import besser.metrics.Capture;
import besser.metrics.Figure;
import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Source.Per;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventRateTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String START = "workqueue:workqueue_execute_start";
  private static final List<Window> TWO_STEPS =
      List.of(
          new Window("warm", 0, Duration.ofSeconds(2)),
          new Window("hot", 2 * SECOND, Duration.ofSeconds(4)));

  private static Capture workqueue() {
    return new Capture()
        .format("workqueue", "workqueue_execute_start", "pointer work", "pointer function")
        .symbol(0x1000, "sdio_rx_work")
        .symbol(0x2000, "sdio_tx_work");
  }

  private static MetricDefinition rate(String id, Source source) {
    return new MetricDefinition(id, Unit.PER_SECOND, source);
  }

  private static List<WindowFigures> measure(Capture capture, MetricDefinition... metrics) {
    Measurement measurement = Instruments.of(List.of(metrics)).measure(TWO_STEPS);
    measurement.read(capture);
    return measurement.figures();
  }

  @Test
  void countsTheEventsOfEachWindowThatPassTheFilter() {
    Capture capture = workqueue();
    for (int i = 0; i < 12; i++) {
      long function = i % 3 == 0 ? 0x2000 : 0x1000;
      capture.event(i * SECOND / 2, i % 2, "kworker/0:1-7", START, "function", function);
    }
    List<WindowFigures> figures =
        measure(
            capture,
            rate("all", new Source.EventRate(START, Optional.empty(), Per.SECOND)),
            rate(
                "rx",
                new Source.EventRate(
                    START, Optional.of(Filter.parse("function == sdio_rx_work")), Per.SECOND)));

    Figure all = figures.get(0).find("all").orElseThrow();
    assertEquals(2.0, all.value().orElseThrow());
    assertEquals(4, all.weight());
    assertEquals(2.0, figures.get(1).find("all").orElseThrow().value().orElseThrow());
    // of events 0 to 3, 1 and 2 are rx; of 4 to 11, all but 6 and 9
    assertEquals(1.0, figures.get(0).find("rx").orElseThrow().value().orElseThrow());
    assertEquals(1.5, figures.get(1).find("rx").orElseThrow().value().orElseThrow());
    assertArrayEquals(
        new double[] {2, 1, 1, 2}, figures.get(1).findSeries("rx").orElseThrow().values());
  }

  @Test
  void dividesByDeliveredFrames() {
    Capture capture = workqueue().format("kprobe", "ieee80211_rx_irqsafe", "pointer __probe_ip");
    for (int i = 0; i < 6; i++) {
      capture.event(i, 0, "bh-9", START, "function", 0x1000);
    }
    for (int i = 0; i < 4; i++) {
      capture.event(i, 1, "bh-9", "kprobe:ieee80211_rx_irqsafe");
    }
    MetricDefinition perFrame =
        new MetricDefinition(
            "per_frame", Unit.PER_FRAME, new Source.EventRate(START, Optional.empty(), Per.FRAME));
    List<WindowFigures> figures = measure(capture, perFrame);

    assertEquals(1.5, figures.get(0).find("per_frame").orElseThrow().value().orElseThrow());
    assertEquals(
        new Quality.Missing("no frame was delivered in the window"),
        figures.get(1).find("per_frame").orElseThrow().quality());
  }

  @Test
  void saysWhichEventsWereLostInWhichWindow() {
    Capture capture = workqueue();
    capture.event(SECOND, 0, "a-1", START, "function", 0x1000);
    capture.event(3 * SECOND, 0, "a-1", START, "function", 0x1000);
    capture.lost(4 * SECOND, 0, 17);
    capture.event(4 * SECOND, 0, "a-1", START, "function", 0x1000);
    List<WindowFigures> figures =
        measure(capture, rate("all", new Source.EventRate(START, Optional.empty(), Per.SECOND)));

    assertEquals(new Quality.Sound(), figures.get(0).figures().getFirst().quality());
    assertEquals(new Quality.Lossy(17, 0), figures.get(1).figures().getFirst().quality());
  }

  @Test
  void saysWhyThereIsNoFigure() {
    List<WindowFigures> figures =
        measure(
            workqueue(),
            rate("none", new Source.EventRate("sched:sched_wakeup", Optional.empty(), Per.SECOND)),
            rate(
                "misspelt",
                new Source.EventRate(
                    "workqueue:workqueue_exeute_start", Optional.empty(), Per.SECOND)),
            rate(
                "nobody",
                new Source.EventRate(
                    START, Optional.of(Filter.parse("function == nobody")), Per.SECOND)),
            rate("probe", new Source.FunctionRate("wsm_handle_rx", Optional.empty(), Per.SECOND)),
            rate("zero", new Source.EventRate(START, Optional.empty(), Per.SECOND)));

    assertEquals("the capture has no event sched:sched_wakeup", reason(figures, "none"));
    assertEquals(
        "the capture has no event workqueue:workqueue_exeute_start; is it " + START + "?",
        reason(figures, "misspelt"));
    assertEquals("the capture's kernel symbols do not name nobody", reason(figures, "nobody"));
    assertEquals("the capture has no probe of wsm_handle_rx", reason(figures, "probe"));
    assertEquals(0.0, figures.get(0).find("zero").orElseThrow().value().orElseThrow());
  }

  @Test
  void saysThatNoTraceWasCaptured() {
    Measurement measurement =
        Instruments.of(
                List.of(rate("all", new Source.EventRate(START, Optional.empty(), Per.SECOND))))
            .measure(TWO_STEPS);

    assertEquals("no trace was captured", reason(measurement.figures(), "all"));
  }

  private static String reason(List<WindowFigures> figures, String metric) {
    Quality quality = figures.getFirst().find(metric).orElseThrow().quality();
    return assertInstanceOf(Quality.Missing.class, quality).reason();
  }
}
