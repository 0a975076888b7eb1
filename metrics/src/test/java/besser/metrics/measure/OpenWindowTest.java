package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.metrics.Capture;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Unit;
import besser.metrics.WindowFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenWindowTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instruments SWITCHES =
      Instruments.of(
          List.of(
              new MetricDefinition(
                  "switches",
                  Unit.PER_SECOND,
                  new Source.EventRate(
                      "sched:sched_switch", Optional.empty(), Source.Per.SECOND))));

  private static Capture switchesAt(long... nanos) {
    Capture capture = new Capture().format("sched", "sched_switch", "int next_pid");
    for (int i = 0; i < nanos.length; i++) {
      capture.event(nanos[i], i % 2, "task-7", "sched:sched_switch");
    }
    return capture;
  }

  private static WindowFigures figuresOf(Measurement measurement) {
    return measurement.figures().getFirst();
  }

  @Test
  void endsWithTheLastEventOfAnyCpu() {
    long start = 5 * SECOND;
    Measurement measurement = SWITCHES.measureFrom("all", start);
    measurement.read(
        switchesAt(start, start + 1, start + SECOND, start + 3 * SECOND, start + 4 * SECOND - 1));
    WindowFigures figures = figuresOf(measurement);
    assertEquals(Duration.ofSeconds(4), figures.window().length());
    assertEquals(5.0 / 4, figures.figures().getFirst().value().orElseThrow());
    assertArrayEquals(new double[] {2, 1, 0, 2}, figures.series().getFirst().values());
  }

  @Test
  void endsWhereItIsTold() {
    Measurement measurement = SWITCHES.measureFrom("all", SECOND);
    measurement.read(switchesAt(SECOND, SECOND + 1, 2 * SECOND));
    measurement.endAt(11 * SECOND);
    assertEquals(0.3, figuresOf(measurement).figures().getFirst().value().orElseThrow());
  }

  @Test
  void growsWithALongCapture() {
    Measurement measurement = SWITCHES.measureFrom("all", 0);
    measurement.read(switchesAt(0, 70_000 * SECOND));
    assertEquals(70_001, figuresOf(measurement).series().getFirst().size());
  }

  @Test
  void boundsWhatADamagedTimeStampCanTake() {
    Measurement measurement = SWITCHES.measureFrom("all", 0);
    measurement.read(switchesAt(1, Long.MAX_VALUE - 1));
    WindowFigures figures = figuresOf(measurement);
    assertEquals(Duration.ofDays(2), figures.window().length());
    assertEquals(1, figures.figures().getFirst().weight());
  }
}
