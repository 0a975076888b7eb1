package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import besser.metrics.CaptureKind;
import besser.metrics.Figure;
import besser.metrics.KernelProbe;
import besser.metrics.LinkEnd;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Source.End;
import besser.metrics.Source.LinkAspect;
import besser.metrics.Source.Per;
import besser.metrics.Source.Statistic;
import besser.metrics.Unit;
import besser.metrics.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Environment, link, ratios, and what must be recorded. */
final class StepFiguresTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<Window> STEPS =
      List.of(
          new Window("first", 0, Duration.ofSeconds(60)),
          new Window("second", 60 * SECOND, Duration.ofSeconds(60)));

  private static MetricDefinition series(String id, Statistic statistic, Unit unit) {
    return new MetricDefinition(id, unit, new Source.Series("cpu.busy", statistic));
  }

  private static double value(Measurement measurement, int step, String metric) {
    return measurement.figures().get(step).find(metric).orElseThrow().value().orElseThrow();
  }

  @Test
  void reducesASeriesOfTheEnvironment() {
    Measurement measurement =
        Instruments.of(
                List.of(
                    series("mean", Statistic.MEAN, Unit.PERCENT),
                    series("min", Statistic.MINIMUM, Unit.PERCENT),
                    series("max", Statistic.MAXIMUM, Unit.PERCENT),
                    series("rate", Statistic.RATE, Unit.PER_SECOND)))
            .measure(STEPS);
    EnvironmentSink sink = measurement.environment();
    sink.value("cpu.busy", 10 * SECOND, 0.5);
    sink.value("cpu.busy", 12 * SECOND, 0.7);
    sink.value("cpu.busy", 14 * SECOND, 0.3);
    sink.value("cpu.idle", 14 * SECOND, 99);
    sink.value("cpu.busy", 61 * SECOND, 0.9);

    assertEquals(50, value(measurement, 0, "mean"), 1e-9);
    assertEquals(30, value(measurement, 0, "min"), 1e-9);
    assertEquals(70, value(measurement, 0, "max"), 1e-9);
    // 0.2 up, then a fall: counted anew from zero to 0.3
    assertEquals(0.125, value(measurement, 0, "rate"), 1e-9);
    assertEquals(
        new Quality.Missing("series cpu.busy has less than two values"),
        measurement.figures().get(1).find("rate").orElseThrow().quality());
  }

  private static Measurement link() {
    return Instruments.of(
            List.of(
                new MetricDefinition("alive", Unit.COUNT, new Source.Link(LinkAspect.SURVIVAL)),
                new MetricDefinition(
                    "life", Unit.SECONDS, new Source.Link(LinkAspect.SECONDS_TO_DEATH))))
        .measure(STEPS);
  }

  private static void bytesUntil(Measurement measurement, long seconds) {
    ByteSink sink = measurement.bytes(End.RECEIVER);
    for (long i = 0; i < seconds; i++) {
      sink.bytes(i * SECOND, 100);
    }
  }

  @Test
  void linkDiesWithTheLineAfterWhichNoByteComes() {
    Measurement measurement = link();
    measurement.kernelLog().line(20 * SECOND, "wlan0: Connection to AP 00:11 lost");
    measurement.kernelLog().line(70 * SECOND, "wlan0: deauthenticated from 00:11 (Reason: 2)");
    bytesUntil(measurement, 70);

    assertEquals(1, value(measurement, 0, "alive"));
    assertEquals(60, value(measurement, 0, "life"));
    assertEquals(0, value(measurement, 1, "alive"));
    assertEquals(10, value(measurement, 1, "life"));
    assertEquals(Optional.empty(), measurement.linkEnd(0));
    assertEquals(
        Optional.of(
            new LinkEnd(
                Duration.ofSeconds(10),
                List.of(
                    "wlan0: Connection to AP 00:11 lost",
                    "wlan0: deauthenticated from 00:11 (Reason: 2)"))),
        measurement.linkEnd(1));
  }

  @Test
  void linkThatFallsSilentIsDead() {
    Measurement measurement = link();
    measurement.kernelLog().line(1, "random: crng init done");
    bytesUntil(measurement, 25);

    assertEquals(0, value(measurement, 0, "alive"));
    assertEquals(24, value(measurement, 0, "life"));
    assertEquals(0, value(measurement, 1, "alive"));
    assertEquals(0, value(measurement, 1, "life"));
    assertEquals(
        Optional.of(new LinkEnd(Duration.ofSeconds(24), List.of("random: crng init done"))),
        measurement.linkEnd(0));
    assertEquals(Optional.empty(), measurement.linkEnd(1));
  }

  @Test
  void linkLivesThroughAShortSilence() {
    Measurement measurement = link();
    measurement.kernelLog();
    bytesUntil(measurement, 95);

    assertEquals(1, value(measurement, 1, "alive"));
  }

  @Test
  void ratioIsOfValuesInBaseUnitsAndAsGoodAsItsParts() {
    MetricDefinition goodput =
        new MetricDefinition(
            "goodput", Unit.KILOBYTES_PER_SECOND, new Source.Goodput(End.RECEIVER));
    MetricDefinition busy = series("busy", Statistic.MEAN, Unit.PERCENT);
    MetricDefinition ratio =
        new MetricDefinition("ratio", Unit.COUNT, new Source.Ratio("goodput", "busy"));
    Measurement measurement = Instruments.of(List.of(ratio, goodput, busy)).measure(STEPS);
    measurement.bytes(End.RECEIVER).bytes(5, 120_000);
    measurement.environment().value("cpu.busy", 5, 0.5);

    assertEquals(4000, value(measurement, 0, "ratio"), 1e-9);
    Figure missing = measurement.figures().get(1).find("ratio").orElseThrow();
    assertEquals(new Quality.Missing("the environment has no series cpu.busy"), missing.quality());
  }

  @Test
  void saysWhatMustBeRecorded() {
    Instruments instruments =
        Instruments.of(
            List.of(
                new MetricDefinition(
                    "wakes",
                    Unit.PER_FRAME,
                    new Source.WakeRate("bh_wq", Optional.of("sdio_rx_work"), Per.FRAME)),
                new MetricDefinition(
                    "queued",
                    Unit.PER_SECOND,
                    new Source.EventRate(
                        "workqueue:workqueue_queue_work", Optional.empty(), Per.SECOND)),
                series("busy", Statistic.MEAN, Unit.PERCENT)));
    Requirements needs = instruments.requirements();

    assertEquals(
        Set.of(
            "workqueue:workqueue_queue_work",
            "workqueue:workqueue_execute_start",
            "workqueue:workqueue_execute_end"),
        needs.events());
    assertEquals(
        Set.of(KernelProbe.WAKE_UP, KernelProbe.of("ieee80211_rx_irqsafe")), needs.probes());
    assertEquals(Set.of(CaptureKind.TRACE, CaptureKind.ENVIRONMENT), needs.captures());
  }

  @Test
  void refusesARatioOfWhatIsNotMeasured() {
    MetricDefinition ratio =
        new MetricDefinition("ratio", Unit.COUNT, new Source.Ratio("goodput", "busy"));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Instruments.of(List.of(ratio)));
    assertEquals(
        "ratio ratio must be of metrics that are no ratios, got goodput", refused.getMessage());
  }

  @Test
  void refusesWindowsThatOverlap() {
    Instruments none = Instruments.of(List.of());
    List<Window> windows =
        List.of(
            new Window("a", 0, Duration.ofSeconds(2)), new Window("b", 1, Duration.ofSeconds(2)));
    assertThrows(IllegalArgumentException.class, () -> none.measure(windows));
  }
}
