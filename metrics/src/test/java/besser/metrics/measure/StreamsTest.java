package besser.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import besser.metrics.Capture;
import besser.metrics.Figure;
import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Source.LockAspect;
import besser.metrics.Source.Per;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import besser.metrics.match.AddressNames;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventInterest;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** CPUs read in parallel, merged, or thought through event by event: the figures are the same. */
final class StreamsTest {
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String ENTRY = "irq:irq_handler_entry";
  private static final String EXIT = "irq:irq_handler_exit";
  private static final String ACQUIRE = "lock:lock_acquire";
  private static final long SECOND = 1_000_000_000L;
  private static final List<Window> WINDOWS =
      List.of(
          new Window("a", SECOND, Duration.ofMillis(1700)),
          new Window("b", 3 * SECOND, Duration.ofMillis(2500)));

  private static final List<MetricDefinition> METRICS =
      List.of(
          new MetricDefinition(
              "rx",
              Unit.PER_SECOND,
              new Source.EventRate(
                  START, Optional.of(Filter.parse("function == sdio_rx_work")), Per.SECOND)),
          new MetricDefinition(
              "irq",
              Unit.MICROSECONDS,
              new Source.PairedDuration(
                  ENTRY, EXIT, "cpu,irq", Optional.of(Filter.parse("ret == 1")), 90)),
          new MetricDefinition(
              "locks",
              Unit.PER_FRAME,
              new Source.LockRate("rx_queue_lock", LockAspect.ACQUISITIONS, Per.FRAME)));

  /** One event as the generator made it. */
  private record Made(long timeNanos, int cpu, int kind, long number, boolean flag) {}

  private static List<Made> make(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Made> made = new ArrayList<>();
    long[] nowNanos = new long[4];
    for (int i = 0; i < 3000; i++) {
      int cpu = random.nextInt(4);
      nowNanos[cpu] += 1 + random.nextLong(16 * SECOND / 1000);
      made.add(
          new Made(nowNanos[cpu], cpu, random.nextInt(5), random.nextInt(3), random.nextBoolean()));
    }
    return made;
  }

  private static Capture capture(List<Made> made) {
    Capture capture =
        new Capture()
            .format("workqueue", "workqueue_execute_start", "pointer work", "pointer function")
            .format("irq", "irq_handler_entry", "int irq", "text name")
            .format("irq", "irq_handler_exit", "int irq", "int ret")
            .format("lock", "lock_acquire", "uint flags", "text name", "pointer lockdep_addr")
            .format("kprobe", "ieee80211_rx_irqsafe", "pointer __probe_ip")
            .symbol(1, "sdio_rx_work")
            .symbol(2, "sdio_tx_work");
    for (Made event : made) {
      long at = event.timeNanos();
      int cpu = event.cpu();
      switch (event.kind()) {
        case 0 -> capture.event(at, cpu, "kworker-5", START, "function", event.number());
        case 1 -> capture.event(at, cpu, "a-1", ENTRY, "irq", event.number());
        case 2 ->
            capture.event(at, cpu, "a-1", EXIT, "irq", event.number(), "ret", event.flag() ? 1 : 0);
        case 3 ->
            capture.event(
                at, cpu, "a-1", ACQUIRE, "name", event.flag() ? "&self->rx_queue_lock" : "ba_lock");
        default -> capture.event(at, cpu, "a-1", "kprobe:ieee80211_rx_irqsafe");
      }
    }
    return capture;
  }

  /**
   * Tells a sink of an event as a source does that asks what it needs of it: once for each format,
   * and of the events it wants once for each object.
   */
  private static final class Sparing implements EventSink {
    private final EventSink sink;
    private final Map<EventFormat, EventInterest> interests = new HashMap<>();
    private final Map<String, Boolean> wanted = new HashMap<>();

    Sparing(EventSink sink) {
      this.sink = sink;
    }

    @Override
    public void event(Event event) {
      EventInterest interest = interests.computeIfAbsent(event.format(), sink::interest);
      interest.instants().ifPresent(instant -> instant.accept(event.timeNanos()));
      interest
          .events()
          .filter(of -> wanted.computeIfAbsent(object(event), any -> of.ofObject().test(event)))
          .ifPresent(of -> of.to().accept(event));
    }

    private static String object(Event event) {
      EventFormat format = event.format();
      String name =
          switch (format.qualifiedName()) {
            case START -> Long.toString(event.number(format.field("function")));
            case ACQUIRE -> event.text(format.field("name"));
            default -> "";
          };
      return format.name() + " " + name;
    }

    Set<String> unwanted() {
      return wanted.entrySet().stream()
          .filter(entry -> !entry.getValue())
          .map(Map.Entry::getKey)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void lost(LostEvents lost) {
      sink.lost(lost);
    }
  }

  private static Sparing readsTheSameWhenSpared(Instruments instruments) {
    Capture capture = capture(make(3));
    Measurement whole = instruments.measure(WINDOWS);
    whole.readMerged(capture);
    Measurement spared = instruments.measure(WINDOWS);
    Sparing sparing =
        new Sparing(spared.events(capture.catalogue(), AddressNames.of(capture.symbols())));
    capture.readInTimeOrder(sparing);
    assertSame(whole.figures(), spared.figures(), "spared");
    return sparing;
  }

  @Test
  void countsWhatItIsToldNoMoreOfThanItWants() {
    Instruments instruments = Instruments.of(METRICS);
    Sparing sparing = readsTheSameWhenSpared(instruments);
    assertEquals(
        Set.of("lock_acquire ba_lock", "workqueue_execute_start 0", "workqueue_execute_start 2"),
        sparing.unwanted());
  }

  @Test
  void wantsTheWorkItemsOfItsFunctionsAndTheInstantsOfAll() {
    Filter rx = Filter.parse("function == sdio_rx_work");
    Instruments instruments =
        Instruments.of(
            List.of(
                new MetricDefinition(
                    "all",
                    Unit.PER_SECOND,
                    new Source.EventRate(START, Optional.empty(), Source.Per.SECOND)),
                new MetricDefinition(
                    "rx",
                    Unit.PER_SECOND,
                    new Source.EventRate(START, Optional.of(rx), Source.Per.SECOND))));
    Sparing sparing = readsTheSameWhenSpared(instruments);
    assertEquals(
        Set.of("workqueue_execute_start 0", "workqueue_execute_start 2"), sparing.unwanted());
  }

  @Test
  void readsCpusInParallelAsItReadsThemMerged() {
    Instruments instruments = Instruments.of(METRICS);
    assertFalse(instruments.needsTimeOrder());
    for (long seed = 0; seed < 20; seed++) {
      Capture capture = capture(make(seed));
      Measurement parallel = instruments.measure(WINDOWS);
      parallel.read(capture);
      Measurement merged = instruments.measure(WINDOWS);
      merged.readMerged(capture);

      assertSame(merged.figures(), parallel.figures(), "seed " + seed);
    }
  }

  private static void assertSame(
      List<WindowFigures> expected, List<WindowFigures> figures, String what) {
    for (int i = 0; i < WINDOWS.size(); i++) {
      assertEquals(expected.get(i).figures(), figures.get(i).figures(), what);
      for (int j = 0; j < expected.get(i).series().size(); j++) {
        assertArrayEquals(
            expected.get(i).series().get(j).values(), figures.get(i).series().get(j).values());
      }
    }
  }

  @Test
  void figuresAreThoseOfCountingByHand() {
    for (long seed = 100; seed < 120; seed++) {
      List<Made> made = make(seed);
      Measurement measurement = Instruments.of(METRICS).measure(WINDOWS);
      measurement.read(capture(made));
      List<WindowFigures> figures = measurement.figures();
      for (int i = 0; i < WINDOWS.size(); i++) {
        Window window = WINDOWS.get(i);
        List<Made> inside =
            made.stream().filter(event -> window.contains(event.timeNanos())).toList();
        double rx =
            inside.stream().filter(e -> e.kind() == 0 && e.number() == 1).count()
                / window.seconds();
        double locks = inside.stream().filter(e -> e.kind() == 3 && e.flag()).count();
        double frames = inside.stream().filter(e -> e.kind() == 4).count();
        assertEquals(rx, value(figures.get(i), "rx"), 1e-9);
        assertEquals(locks / frames, value(figures.get(i), "locks"), 1e-12);
        long[] durations = interrupts(made, window);
        Figure irq = figures.get(i).find("irq").orElseThrow();
        assertEquals(durations.length, irq.weight());
        double expected = durations[(int) Math.ceil(0.9 * durations.length) - 1] / 1e3;
        assertEquals(expected, irq.value().orElseThrow(), expected / 900);
      }
    }
  }

  /** Durations of interrupts that returned 1 and ended in a window, in nanoseconds, ascending. */
  private static long[] interrupts(List<Made> made, Window window) {
    Map<List<Object>, Long> entered = new HashMap<>();
    List<Long> durations = new ArrayList<>();
    for (Made event : made) {
      List<Object> key = List.of(event.cpu(), event.number());
      if (event.kind() == 1) {
        entered.put(key, event.timeNanos());
      } else if (event.kind() == 2) {
        Long since = entered.remove(key);
        if (since != null && event.flag() && window.contains(event.timeNanos())) {
          durations.add(event.timeNanos() - since);
        }
      }
    }
    long[] sorted = durations.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  @Test
  void learnsFormatsThatTheCatalogueDoesNotHave() {
    Capture capture = capture(make(1));
    Measurement known = Instruments.of(METRICS).measure(WINDOWS);
    known.read(capture);
    Measurement learned = Instruments.of(METRICS).measure(WINDOWS);
    capture.readInTimeOrder(
        learned.events(
            new besser.trace.EventCatalogue(List.of()),
            AddressNames.asMet(address -> address == 1 ? "sdio_rx_work" : "")));

    assertEquals(known.figures().getFirst().figures(), learned.figures().getFirst().figures());
  }

  private static double value(WindowFigures figures, String metric) {
    return figures.find(metric).orElseThrow().value().orElseThrow();
  }
}
