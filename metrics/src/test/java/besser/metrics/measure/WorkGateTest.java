package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Capture;
import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Source.Per;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Passing over work items that no metric wants changes no figure. */
final class WorkGateTest {
  private static final String QUEUE = "workqueue:workqueue_queue_work";
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String END = "workqueue:workqueue_execute_end";
  private static final Filter RX = Filter.parse("function == sdio_rx_work");

  private static final List<MetricDefinition> METRICS =
      List.of(
          new MetricDefinition(
              "started",
              Unit.PER_SECOND,
              new Source.EventRate(START, Optional.empty(), Per.SECOND)),
          new MetricDefinition(
              "rx", Unit.PER_SECOND, new Source.EventRate(START, Optional.of(RX), Per.SECOND)),
          duration("delay", QUEUE, START),
          duration("run", START, END),
          new MetricDefinition(
              "wakes",
              Unit.PER_SECOND,
              new Source.WakeRate("bh_wq", Optional.of("sdio_tx_work"), Per.SECOND)));

  /** Wants every work item, so that none can be passed over. */
  private static final List<MetricDefinition> OPENING =
      List.of(everyWork(QUEUE), everyWork(START), everyWork(END));

  private static MetricDefinition everyWork(String event) {
    return new MetricDefinition(
        "every " + event,
        Unit.PER_SECOND,
        new Source.EventRate(event, Optional.of(Filter.parse("work != 0")), Per.SECOND));
  }

  private static MetricDefinition duration(String id, String from, String to) {
    return new MetricDefinition(
        id, Unit.MICROSECONDS, new Source.PairedDuration(from, to, "work", Optional.of(RX), 50));
  }

  private static Capture capture() {
    Capture capture =
        new Capture()
            .format("workqueue", "workqueue_queue_work", "pointer work", "pointer function")
            .format("workqueue", "workqueue_execute_start", "pointer work", "pointer function")
            .format("workqueue", "workqueue_execute_end", "pointer work", "pointer function")
            .format("kprobe", "__wake_up", "pointer wq_head")
            .symbol(0x10, "sdio_rx_work")
            .symbol(0x20, "sdio_tx_work")
            .symbol(0x30, "bh_wq")
            .symbol(0x40, "vmstat_update");
    long[] functions = {0x10, 0x20, 0x40};
    SplittableRandom random = new SplittableRandom(5);
    long now = 0;
    for (int i = 0; i < 3000; i++) {
      int which = random.nextInt(functions.length);
      Object[] work = {"work", 100 + which, "function", functions[which]};
      String worker = "kworker-" + random.nextInt(1, 3);
      capture.event(now += 1 + random.nextInt(50_000), 0, "irq-9", QUEUE, work);
      capture.event(now += 1 + random.nextInt(50_000), 0, worker, START, work);
      if (random.nextBoolean()) {
        capture.event(now += 1, 0, worker, "kprobe:__wake_up", "wq_head", 0x30);
      }
      capture.event(now += 1 + random.nextInt(50_000), 0, worker, END, work);
    }
    return capture;
  }

  private static WindowFigures measure(List<MetricDefinition> metrics) {
    Measurement measurement =
        Instruments.of(metrics).measure(List.of(new Window("w", 0, Duration.ofSeconds(1))));
    measurement.read(capture());
    return measurement.figures().getFirst();
  }

  @Test
  void figuresAreThoseOfLookingAtEveryWorkItem() {
    List<MetricDefinition> all = new ArrayList<>(METRICS);
    all.addAll(OPENING);
    WindowFigures passingOver = measure(METRICS);
    WindowFigures lookingAtAll = measure(all);
    for (MetricDefinition metric : METRICS) {
      assertEquals(
          lookingAtAll.find(metric.id()).orElseThrow(),
          passingOver.find(metric.id()).orElseThrow());
    }
    assertEquals(
        passingOver.find("rx").orElseThrow().weight(),
        passingOver.find("run").orElseThrow().weight());
  }
}
