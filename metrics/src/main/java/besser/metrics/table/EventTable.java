package besser.metrics.table;

import besser.metrics.Quality;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.trace.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often each event occurred on each CPU.
 *
 * @param rows the most frequent first
 * @param startNanos when the first event was, on the capture's clock; 0 when there is none
 * @param seconds from the first event to the last, {@code >= 0}
 * @param quality whether events were lost
 */
public record EventTable(List<Row> rows, long startNanos, double seconds, Quality quality) {

  /**
   * One event type.
   *
   * @param event {@code system:name}
   * @param countOfCpu occurrences by CPU, from CPU 0 on
   */
  public record Row(String event, List<Long> countOfCpu) {
    public Row {
      countOfCpu = List.copyOf(countOfCpu);
    }

    /** Occurrences on all CPUs. */
    public long count() {
      return countOfCpu.stream().mapToLong(Long::longValue).sum();
    }
  }

  public EventTable {
    rows = List.copyOf(rows);
  }

  /** Counts all events of a source, its CPUs in parallel where it can. */
  public static EventTable read(EventSource source) {
    List<EventCounter> counters = Collections.synchronizedList(new ArrayList<>());
    source.readEachCpu(
        cpu -> {
          EventCounter counter = new EventCounter();
          counters.add(counter);
          return counter;
        });
    return of(counters);
  }

  /** The table of several streams together. */
  public static EventTable of(Collection<EventCounter> counters) {
    Map<String, long[]> counts = new HashMap<>();
    counters.forEach(counter -> counter.addTo(counts));
    int cpus = counts.values().stream().mapToInt(ofCpu -> ofCpu.length).max().orElse(0);
    List<Row> rows =
        counts.entrySet().stream()
            .map(entry -> new Row(entry.getKey(), padded(entry.getValue(), cpus)))
            .sorted(Comparator.comparingLong(Row::count).reversed().thenComparing(Row::event))
            .toList();
    long first = counters.stream().mapToLong(EventCounter::firstNanos).min().orElse(Long.MAX_VALUE);
    long last = counters.stream().mapToLong(EventCounter::lastNanos).max().orElse(first);
    return rows.isEmpty()
        ? new EventTable(rows, 0, 0, quality(counters))
        : new EventTable(rows, first, (last - first) / 1e9, quality(counters));
  }

  private static List<Long> padded(long[] counts, int cpus) {
    return LongStream.of(Arrays.copyOf(counts, cpus)).boxed().toList();
  }

  private static Quality quality(Collection<EventCounter> counters) {
    long lost = counters.stream().mapToLong(EventCounter::lostCount).sum();
    int unknown = counters.stream().mapToInt(EventCounter::gapsOfUnknownSize).sum();
    return lost == 0 && unknown == 0 ? new Quality.Sound() : new Quality.Lossy(lost, unknown);
  }

  /** The window that holds exactly all events; empty when there is none. */
  public Optional<Window> window(String name) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Window(name, startNanos, Duration.ofNanos(Math.round(seconds * 1e9) + 1)));
  }

  /** How many events there are. */
  public long count() {
    return rows.stream().mapToLong(Row::count).sum();
  }

  /** Events of each CPU, from CPU 0 on. */
  public List<Long> countOfCpu() {
    int cpus = rows.isEmpty() ? 0 : rows.getFirst().countOfCpu().size();
    return IntStream.range(0, cpus)
        .mapToObj(cpu -> rows.stream().mapToLong(row -> row.countOfCpu().get(cpu)).sum())
        .toList();
  }

  /**
   * Occurrences by event over the capture's seconds.
   *
   * @throws IllegalArgumentException when the capture is no longer than an instant
   */
  public Counts counts() {
    return new Counts(
        rows.stream().collect(Collectors.toMap(Row::event, Row::count)),
        seconds,
        Unit.Dimension.EVENT_RATE);
  }
}
