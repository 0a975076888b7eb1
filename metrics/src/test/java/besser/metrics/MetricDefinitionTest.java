package besser.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import besser.metrics.Source.Per;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MetricDefinitionTest {
  private static final Source RATE =
      new Source.EventRate("sched:sched_switch", Optional.empty(), Per.SECOND);

  @Test
  void refusesAUnitThatMeasuresSomethingElse() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MetricDefinition("switches", Unit.PERCENT, RATE));
    assertEquals(
        "unit of metric switches must measure one of [EVENT_RATE], got % which measures SHARE",
        refused.getMessage());
  }

  @Test
  void refusesAKeyThatCannotBeRead() {
    for (String key : List.of("", "a,", "a=", "=b", "a b", "a=b=c")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Source.PairedDuration("a:b", "a:c", key, Optional.empty(), 50));
    }
    assertEquals(
        "cpu, pid=next_pid",
        new Source.PairedDuration("a:b", "a:c", "cpu, pid=next_pid", Optional.empty(), 50).key());
  }

  @Test
  void figureHasAValueUnlessItIsMissing() {
    MetricDefinition metric = new MetricDefinition("switches", Unit.PER_SECOND, RATE);
    Figure missing = Figure.missing(metric, "no trace was captured");
    assertThrows(
        IllegalArgumentException.class,
        () -> new Figure("switches", missing.value(), Unit.PER_SECOND, 0, new Quality.Sound()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Figure.of(metric, Double.NaN, 1, new Quality.Sound()));
  }

  @Test
  void qualityIsAsBadAsTheWorstPart() {
    Quality sound = new Quality.Sound();
    Quality lossy = new Quality.Lossy(5, 1);
    Quality missing = new Quality.Missing("no trace was captured");
    assertEquals(lossy, sound.and(lossy));
    assertEquals(lossy, lossy.and(sound));
    assertEquals(new Quality.Lossy(7, 1), lossy.and(new Quality.Lossy(7, 0)));
    assertEquals(missing, lossy.and(missing));
    assertEquals(missing, missing.and(sound));
    assertEquals("5 lost in this window, and 1 gaps of unknown size", lossy.sentence());
  }

  @Test
  void windowHoldsItsStartAndNotItsEnd() {
    Window window = new Window("step", 100, Duration.ofNanos(50));
    assertEquals(true, window.contains(100) && window.contains(149));
    assertEquals(false, window.contains(99) || window.contains(150));
  }

  @Test
  void probeIsDefinedAsTracefsReadsIt() {
    assertEquals("p:kprobe/__wake_up __wake_up wq_head=$arg1", KernelProbe.WAKE_UP.definition());
    assertEquals("kprobe:f_isra_0", KernelProbe.of("f.isra.0").qualifiedName());
  }
}
