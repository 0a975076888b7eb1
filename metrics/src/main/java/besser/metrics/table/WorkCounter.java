package besser.metrics.table;

import besser.metrics.match.AddressNames;
import besser.metrics.match.LongTable;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.LostEvents;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Follows work items from {@code workqueue_queue_work} over {@code workqueue_execute_start} to
 * {@code workqueue_execute_end}. Needs the events of all CPUs in time order.
 */
public final class WorkCounter implements EventSink {
  private static final int SIGNIFICANT_DIGITS = 2;

  private final AddressNames names;
  private final Map<EventFormat, Optional<Fields>> fields = new HashMap<>();
  private final LongTable queued = new LongTable();
  private final LongTable started = new LongTable();
  private final LongTable functionOfWork = new LongTable();
  private final Map<Long, Times> times = new HashMap<>();

  private enum Kind {
    QUEUE,
    START,
    END
  }

  private record Fields(Kind kind, Field work, Optional<Field> function) {}

  private static final class Times {
    private long executions;
    private long ranNanos;
    private final Histogram runs = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram delays = new Histogram(SIGNIFICANT_DIGITS);
  }

  /** A counter that has seen nothing; functions are named by symbols. */
  public WorkCounter(AddressNames names) {
    this.names = names;
  }

  @Override
  public void event(Event event) {
    Optional<Fields> concerned = fields.computeIfAbsent(event.format(), WorkCounter::fieldsOf);
    if (concerned.isEmpty()) {
      return;
    }
    Fields read = concerned.get();
    long work = event.number(read.work());
    switch (read.kind()) {
      case QUEUE -> queued.put(work, event.timeNanos());
      case START -> {
        long function = event.number(read.function().orElseThrow());
        functionOfWork.put(work, function);
        started.put(work, event.timeNanos());
        Times of = times.computeIfAbsent(function, address -> new Times());
        of.executions++;
        long since = queued.remove(work);
        if (since != LongTable.ABSENT) {
          of.delays.recordValue(Math.max(0, event.timeNanos() - since));
        }
      }
      case END -> {
        long since = started.remove(work);
        Times of = times.get(functionOfWork.remove(work));
        if (since != LongTable.ABSENT && of != null) {
          long ran = Math.max(0, event.timeNanos() - since);
          of.runs.recordValue(ran);
          of.ranNanos += ran;
        }
      }
    }
  }

  /** What is read of an event; nothing where a damaged format lacks it. */
  private static Optional<Fields> fieldsOf(EventFormat format) {
    Optional<Field> work = format.findField("work");
    Optional<Field> function = format.findField("function");
    return switch (format.qualifiedName()) {
      case "workqueue:workqueue_queue_work" ->
          work.map(field -> new Fields(Kind.QUEUE, field, Optional.empty()));
      case "workqueue:workqueue_execute_start" ->
          work.filter(field -> function.isPresent())
              .map(field -> new Fields(Kind.START, field, function));
      case "workqueue:workqueue_execute_end" ->
          work.map(field -> new Fields(Kind.END, field, Optional.empty()));
      default -> Optional.empty();
    };
  }

  @Override
  public void lost(LostEvents lost) {
    queued.clear();
    started.clear();
    functionOfWork.clear();
  }

  /** The table of what was counted so far. */
  public WorkTable table() {
    return new WorkTable(
        times.entrySet().stream()
            .map(entry -> row(name(entry.getKey()), entry.getValue()))
            .sorted(
                Comparator.comparingLong(WorkTable.Row::ranNanos)
                    .thenComparingLong(WorkTable.Row::executions)
                    .reversed()
                    .thenComparing(WorkTable.Row::function))
            .toList());
  }

  private static WorkTable.Row row(String function, Times of) {
    return new WorkTable.Row(
        function,
        of.executions,
        of.ranNanos,
        of.runs.getValueAtPercentile(50),
        of.runs.getValueAtPercentile(99),
        of.delays.getValueAtPercentile(50),
        of.delays.getValueAtPercentile(99));
  }

  private String name(long function) {
    String symbol = names.exactly(function);
    return symbol.isEmpty() ? "0x" + Long.toHexString(function) : symbol;
  }
}
