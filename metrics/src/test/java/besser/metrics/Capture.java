package besser.metrics;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.Field;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import besser.trace.TaskNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A capture made by hand: formats, symbols and events written down in a test. */
public final class Capture implements EventSource {
  private final Map<String, EventFormat> formats = new LinkedHashMap<>();
  private final List<KernelSymbols.Symbol> symbols = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  private sealed interface Entry {
    long timeNanos();

    int cpu();
  }

  private record Recorded(
      EventFormat format, long timeNanos, int cpu, int pid, String comm, Map<String, Object> values)
      implements Entry {}

  private record Gap(LostEvents lost) implements Entry {
    @Override
    public long timeNanos() {
      return lost.timeNanos();
    }

    @Override
    public int cpu() {
      return lost.cpu();
    }
  }

  /** Declares an event; a field is written {@code "pointer function"} or {@code "text name"}. */
  public Capture format(String system, String name, String... fields) {
    List<Field> declared = new ArrayList<>();
    for (String field : fields) {
      String[] words = field.split(" ", -1);
      declared.add(field(words[0], words[1], declared.size()));
    }
    EventFormat format = new EventFormat(formats.size() + 1, system, name, List.of(), declared, "");
    formats.put(format.qualifiedName(), format);
    return this;
  }

  private static Field field(String type, String name, int index) {
    return switch (type) {
      case "pointer" -> new Field(name, "void *", index, 0, 8, 8, false, Field.Kind.NUMBER);
      case "int" -> new Field(name, "int", index, 0, 4, 4, true, Field.Kind.NUMBER);
      case "uint" -> new Field(name, "unsigned int", index, 0, 4, 4, false, Field.Kind.NUMBER);
      case "long" -> new Field(name, "long", index, 0, 8, 8, true, Field.Kind.NUMBER);
      case "text" ->
          new Field(name, "__data_loc char[]", index, 0, 4, 1, true, Field.Kind.DYNAMIC_TEXT);
      default -> throw new IllegalArgumentException("no field type " + type);
    };
  }

  public Capture symbol(long address, String name) {
    symbols.add(new KernelSymbols.Symbol(address, 't', name, ""));
    return this;
  }

  /** One event: a task is written {@code "name-pid"}, values are pairs of field and value. */
  public Capture event(long timeNanos, int cpu, String task, String event, Object... values) {
    EventFormat format = formats.get(event);
    if (format == null) {
      throw new IllegalArgumentException("no format " + event);
    }
    Map<String, Object> byField = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      byField.put((String) values[i], values[i + 1]);
    }
    int dash = task.lastIndexOf('-');
    int pid = Integer.parseInt(task.substring(dash + 1));
    entries.add(new Recorded(format, timeNanos, cpu, pid, task.substring(0, dash), byField));
    return this;
  }

  public Capture lost(long timeNanos, int cpu, long count) {
    entries.add(new Gap(new LostEvents(cpu, timeNanos, count)));
    return this;
  }

  @Override
  public String name() {
    return "by hand";
  }

  @Override
  public EventCatalogue catalogue() {
    return new EventCatalogue(formats.values());
  }

  @Override
  public TaskNames taskNames() {
    return TaskNames.empty();
  }

  @Override
  public KernelSymbols symbols() {
    return new KernelSymbols(symbols);
  }

  @Override
  public String clock() {
    return "local";
  }

  @Override
  public IssueCounts issues() {
    return new IssueCounts();
  }

  @Override
  public List<Integer> cpus() {
    return entries.stream().map(Entry::cpu).distinct().sorted().toList();
  }

  @Override
  public void readEachCpu(IntFunction<? extends EventSink> sinkOfCpu) {
    cpus().parallelStream()
        .forEach(
            cpu ->
                deliver(
                    entries.stream().filter(entry -> entry.cpu() == cpu).toList(),
                    sinkOfCpu.apply(cpu)));
  }

  @Override
  public void readInTimeOrder(EventSink sink) {
    deliver(entries, sink);
  }

  private static void deliver(List<Entry> all, EventSink sink) {
    all.stream()
        .sorted(Comparator.comparingLong(Entry::timeNanos).thenComparingInt(Entry::cpu))
        .forEach(
            entry -> {
              switch (entry) {
                case Gap(LostEvents lost) -> sink.lost(lost);
                case Recorded recorded -> sink.event(memory(recorded));
              }
            });
  }

  private static MemoryEvent memory(Recorded recorded) {
    EventFormat format = recorded.format();
    MemoryEvent event = new MemoryEvent(format);
    event.begin(format, recorded.timeNanos(), recorded.cpu(), recorded.pid(), recorded.comm());
    recorded
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                event.set(format.field(name), text);
              } else {
                event.set(format.field(name), ((Number) value).longValue());
              }
            });
    return event;
  }

  @Override
  public void close() {}
}
