package besser.metrics.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import besser.metrics.Capture;
import besser.metrics.Quality;
import besser.metrics.Unit.Dimension;
import besser.metrics.Window;
import besser.metrics.table.Difference.Growth;
import besser.trace.EventFormat;
import besser.trace.MemoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventTableTest {
  private static Capture capture() {
    return new Capture()
        .format("sched", "sched_switch", "int next_pid")
        .format("irq", "irq_handler_entry", "int irq")
        .format("timer", "hrtimer_start", "pointer hrtimer");
  }

  @Test
  void countsByEventAndCpu() {
    Capture capture = capture();
    for (int i = 0; i < 10; i++) {
      capture.event(i * 500_000_000L, i % 3 == 0 ? 2 : 0, "a-1", "sched:sched_switch");
    }
    capture.event(100, 2, "a-1", "irq:irq_handler_entry");
    capture.lost(200, 2, 9).lost(300, 0, -1);
    EventTable table = EventTable.read(capture);

    assertEquals(
        List.of(
            new EventTable.Row("sched:sched_switch", List.of(6L, 0L, 4L)),
            new EventTable.Row("irq:irq_handler_entry", List.of(0L, 0L, 1L))),
        table.rows());
    assertEquals(4.5, table.seconds());
    assertEquals(
        Optional.of(new Window("all", 0, Duration.ofNanos(4_500_000_001L))), table.window("all"));
    assertEquals(11, table.count());
    assertEquals(List.of(6L, 0L, 5L), table.countOfCpu());
    assertEquals(new Quality.Lossy(9, 1), table.quality());
    assertEquals(10 / 4.5, table.counts().rate("sched:sched_switch"));
  }

  @Test
  void tellsFormatsApartThatShareAnId() {
    EventCounter counter = new EventCounter();
    for (String name : List.of("one", "two", "one")) {
      EventFormat format = new EventFormat(3, "text", name, List.of(), List.of(), "");
      MemoryEvent event = new MemoryEvent(format);
      event.begin(format, 5, 1, 0, "");
      counter.event(event);
      counter.event(event);
    }
    assertEquals(
        List.of(
            new EventTable.Row("text:one", List.of(0L, 4L)),
            new EventTable.Row("text:two", List.of(0L, 2L))),
        EventTable.of(List.of(counter)).rows());
  }

  @Test
  void saysWhatGrew() {
    Counts before = new Counts(Map.of("a", 100L, "b", 50L, "c", 7L), 10, Dimension.EVENT_RATE);
    Counts after = new Counts(Map.of("a", 220L, "b", 100L, "d", 40L), 20, Dimension.EVENT_RATE);
    Difference difference = Difference.of(before, after);

    assertEquals(
        List.of("a", "b", "d", "c"), difference.growths().stream().map(Growth::name).toList());
    Growth a = difference.growths().get(0);
    assertEquals(1.0, a.change(), 1e-12);
    // 10/s ± sqrt(100)/10, 11/s ± sqrt(220)/20
    assertEquals(1 / Math.sqrt(1 + 0.55), a.standardErrors(), 1e-12);
    assertEquals(new Growth("b", 5, 5, 50, 100, 0), difference.growths().get(1));
    // whether d was recorded before, and c after, no trace says
    assertEquals(
        List.of(true, true, false, false),
        difference.growths().stream().map(difference::isKnown).toList());
  }

  @Test
  void comparesStacksByTheirShare() {
    Difference difference =
        Difference.of(
            Counts.shares(Map.of("main;a", 30L, "main;b", 10L)),
            Counts.shares(Map.of("main;a", 5L, "main;c", 5L)));
    assertEquals(
        List.of("main;c", "main;a", "main;b"),
        difference.growths().stream().map(Growth::name).toList());
    assertEquals(0.5, difference.growths().get(1).after());
  }

  @Test
  void refusesToCompareRatesWithShares() {
    Counts rates = new Counts(Map.of(), 1, Dimension.EVENT_RATE);
    Counts shares = new Counts(Map.of(), 1, Dimension.SHARE);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Difference.of(rates, shares));
    assertEquals(
        "both captures must measure the same, got EVENT_RATE and SHARE", refused.getMessage());
  }
}
