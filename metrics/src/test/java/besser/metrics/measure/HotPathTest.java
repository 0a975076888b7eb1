package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Source.LockAspect;
import besser.metrics.Source.Per;
import besser.metrics.Source.WaitAfter;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.match.AddressNames;
import besser.trace.Event;
import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.KernelSymbols;
import besser.trace.KernelSymbols.Symbol;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HotPathTest {
  private static final int EVENTS = 200_000;

  private static final Field WORK =
      new Field("work", "void *", 0, 8, 8, 8, false, Field.Kind.NUMBER);
  private static final Field FUNCTION =
      new Field("function", "void *", 1, 16, 8, 8, false, Field.Kind.NUMBER);
  private static final EventFormat QUEUE =
      new EventFormat(
          1, "workqueue", "workqueue_queue_work", List.of(), List.of(WORK, FUNCTION), "");
  private static final EventFormat START =
      new EventFormat(
          2, "workqueue", "workqueue_execute_start", List.of(), List.of(WORK, FUNCTION), "");
  private static final EventFormat SWITCH =
      new EventFormat(
          3,
          "sched",
          "sched_switch",
          List.of(),
          List.of(
              new Field("prev_pid", "int", 0, 8, 4, 4, true, Field.Kind.NUMBER),
              new Field("prev_state", "long", 1, 16, 8, 8, true, Field.Kind.NUMBER),
              new Field("next_comm", "char[]", 2, 24, 16, 1, true, Field.Kind.TEXT),
              new Field("next_pid", "int", 3, 40, 4, 4, true, Field.Kind.NUMBER)),
          "");
  private static final EventFormat WAKEUP =
      new EventFormat(
          4,
          "sched",
          "sched_wakeup",
          List.of(),
          List.of(new Field("pid", "int", 0, 8, 4, 4, true, Field.Kind.NUMBER)),
          "");
  private static final EventFormat ACQUIRE =
      new EventFormat(
          5,
          "lock",
          "lock_acquire",
          List.of(),
          List.of(
              new Field("flags", "unsigned int", 0, 8, 4, 4, false, Field.Kind.NUMBER),
              new Field("name", "__data_loc char[]", 1, 12, 4, 1, true, Field.Kind.DYNAMIC_TEXT),
              new Field("lockdep_addr", "void *", 2, 16, 8, 8, false, Field.Kind.NUMBER)),
          "");

  private static MetricDefinition rate(String id, Source source) {
    return new MetricDefinition(id, Unit.PER_SECOND, source);
  }

  private static final List<MetricDefinition> METRICS =
      List.of(
          rate(
              "rx",
              new Source.EventRate(
                  START.qualifiedName(),
                  Optional.of(Filter.parse("function == sdio_rx_work && cpu == 0")),
                  Per.SECOND)),
          rate("locks", new Source.LockRate("rx_queue_lock", LockAspect.ACQUISITIONS, Per.SECOND)),
          new MetricDefinition(
              "delay",
              Unit.MICROSECONDS,
              new Source.PairedDuration(
                  QUEUE.qualifiedName(), START.qualifiedName(), "work", Optional.empty(), 99)),
          new MetricDefinition(
              "wait",
              Unit.MICROSECONDS,
              new Source.RunQueueWait(WaitAfter.ANY, Optional.of("kworker/*"), 99)));

  /** Values set by hand; setting and reading them allocates nothing. */
  private static final class Flyweight implements Event {
    private EventFormat format = QUEUE;
    private long timeNanos;
    private final long[] numbers = new long[4];
    private String text = "";

    @Override
    public EventFormat format() {
      return format;
    }

    @Override
    public long timeNanos() {
      return timeNanos;
    }

    @Override
    public int cpu() {
      return 0;
    }

    @Override
    public int pid() {
      return 7;
    }

    @Override
    public String comm() {
      return "kworker/0:1";
    }

    @Override
    public long number(Field field) {
      return numbers[field.index()];
    }

    @Override
    public String text(Field field) {
      return text;
    }

    @Override
    public int length(Field field) {
      return text.length();
    }

    @Override
    public long element(Field field, int index) {
      return text.charAt(index);
    }

    @Override
    public int sizeBytes() {
      return 0;
    }
  }

  private static void feed(EventSink sink, Flyweight event) {
    EventFormat[] cycle = {QUEUE, WAKEUP, SWITCH, START, ACQUIRE};
    for (int i = 0; i < EVENTS; i++) {
      int round = i / cycle.length;
      event.format = cycle[i % cycle.length];
      event.timeNanos = i * 1000L;
      event.text = "";
      if (event.format == QUEUE || event.format == START) {
        event.numbers[0] = 1L + round % 100;
        event.numbers[1] = i % 2 == 0 ? 0x1000 : 0x2000;
      } else if (event.format == SWITCH) {
        event.text = "kworker/0:1";
        event.numbers[3] = round % 50;
      } else if (event.format == WAKEUP) {
        event.numbers[0] = round % 50;
      } else {
        event.text = i % 2 == 0 ? "&self->rx_queue_lock" : "&ba_lock";
      }
      sink.event(event);
    }
  }

  @Test
  void allocatesNothingPerEvent() {
    Measurement measurement =
        Instruments.of(METRICS).measure(List.of(new Window("all", 0, Duration.ofSeconds(1))));
    EventSink sink =
        measurement.events(
            new EventCatalogue(List.of(QUEUE, START, SWITCH, WAKEUP, ACQUIRE)),
            AddressNames.of(
                new KernelSymbols(
                    List.of(
                        new Symbol(0x1000, 't', "sdio_rx_work", ""),
                        new Symbol(0x2000, 't', "sdio_tx_work", "")))));
    Flyweight event = new Flyweight();
    // tables and histograms grow to their size here
    feed(sink, event);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    feed(sink, event);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertTrue(
        allocated < EVENTS / 100,
        "%d events must allocate next to nothing, allocated %d bytes".formatted(EVENTS, allocated));
    assertEquals(
        2L * EVENTS / 5 / 2, measurement.figures().getFirst().find("locks").orElseThrow().weight());
  }
}
