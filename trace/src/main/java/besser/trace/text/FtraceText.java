package besser.trace.text;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import besser.trace.TaskNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What tracefs' {@code trace} and {@code trace_pipe} print, and {@code trace-cmd report}: a line
 * per event (task, CPU, flags, time, event, its text).
 *
 * <p>The text of an event becomes fields: {@code key=value} pairs by their keys, numbers where the
 * value is one. A pointer that was printed as a function's name is a text field here, where the
 * binary form has the address. Formats are learned from the lines; one event can have several when
 * its values change between numbers and text.
 */
public final class FtraceText implements EventSource {
  private static final int TASKS_LIMIT = 1 << 16;

  private final TextOrigin origin;
  private final String name;
  private final IssueCounts issues = new IssueCounts();
  private final TextFormats formats = new TextFormats();
  private final Map<Integer, String> comms = new HashMap<>();
  private Optional<List<Integer>> cpus = Optional.empty();

  private FtraceText(TextOrigin origin, String name) {
    this.origin = origin;
    this.name = name;
  }

  /** A text in a file. */
  public static FtraceText open(Path file) {
    return new FtraceText(new TextOrigin.File(file), file.toString());
  }

  /** A text as it comes; it can be read once, and its CPUs are not known before. */
  public static FtraceText of(InputStream text, String name) {
    return new FtraceText(new TextOrigin.Stream(text), name);
  }

  @Override
  public String name() {
    return name;
  }

  /** The formats of the events read so far. */
  @Override
  public EventCatalogue catalogue() {
    return formats.catalogue();
  }

  /** The names of the tasks read so far. */
  @Override
  public TaskNames taskNames() {
    return new TaskNames(comms);
  }

  @Override
  public KernelSymbols symbols() {
    return KernelSymbols.empty();
  }

  /** The text does not say. */
  @Override
  public String clock() {
    return "unknown";
  }

  @Override
  public IssueCounts issues() {
    return issues;
  }

  /** The CPUs with an event; a file is read through once to find them, a stream knows none. */
  @Override
  public List<Integer> cpus() {
    if (origin instanceof TextOrigin.Stream) {
      return List.of();
    }
    if (cpus.isEmpty()) {
      TreeSet<Integer> found = new TreeSet<>();
      LineHead head = new LineHead();
      try (InputStream input = origin.open()) {
        Lines lines = new Lines(input, name, new IssueCounts());
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
          if (head.parseFtrace(line.get())) {
            found.add(head.cpu());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
      cpus = Optional.of(List.copyOf(found));
    }
    return cpus.get();
  }

  @Override
  public void readEachCpu(IntFunction<? extends EventSink> sinkOfCpu) {
    Map<Integer, EventSink> sinks = new HashMap<>();
    read(cpu -> sinks.computeIfAbsent(cpu, sinkOfCpu::apply));
  }

  /** The lines are in the order of time already. */
  @Override
  public void readInTimeOrder(EventSink sink) {
    read(cpu -> sink);
  }

  private void read(IntFunction<EventSink> sinkOfCpu) {
    try (InputStream input = origin.open()) {
      new Reading(new Lines(input, name, issues), sinkOfCpu).run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  @Override
  public void close() {
    origin.close();
  }

  /** The state of one reading. */
  private final class Reading {
    private final Lines lines;
    private final IntFunction<EventSink> sinkOfCpu;
    private final LineHead head = new LineHead();
    private final EventFieldText fields = new EventFieldText();
    private final MemoryEvent event = new MemoryEvent(TextFormats.NONE);
    private final Map<Integer, Long> lastTimes = new HashMap<>();
    private final List<LostLine> pending = new ArrayList<>();

    Reading(Lines lines, IntFunction<EventSink> sinkOfCpu) {
      this.lines = lines;
      this.sinkOfCpu = sinkOfCpu;
    }

    void run() {
      for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
        line(next.get());
      }
      for (LostLine lost : pending) {
        long last = lastTimes.getOrDefault(lost.cpu(), 0L);
        sinkOfCpu.apply(lost.cpu()).lost(new LostEvents(lost.cpu(), last, lost.count()));
      }
    }

    private void line(String line) {
      if (line.isBlank() || line.charAt(0) == '#' || isPreamble(line)) {
        return;
      }
      Optional<LostLine> lost = LostLine.parse(line);
      if (lost.isPresent()) {
        pending.add(lost.get());
      } else if (!head.parseFtrace(line) || !event(line)) {
        issues.add(Issue.UNPARSED_LINE, name, lines.offset());
      }
    }

    /** {@code trace-cmd report} begins with the number of CPUs. */
    private boolean isPreamble(String line) {
      return line.startsWith("cpus=") || line.startsWith("version = ");
    }

    private boolean event(String line) {
      if (!fields.parse(line, head.restAt())) {
        return false;
      }
      Optional<EventFormat> known = formats.format(fields);
      if (known.isEmpty()) {
        return false;
      }
      EventFormat format = known.get();
      reportLost();
      if (comms.size() < TASKS_LIMIT) {
        comms.putIfAbsent(head.pid(), head.comm());
      }
      event.begin(format, head.timeNanos(), head.cpu(), head.pid(), head.comm());
      fields.fill(event, format);
      long before = lastTimes.getOrDefault(head.cpu(), Long.MIN_VALUE);
      if (head.timeNanos() < before) {
        issues.add(Issue.TIME_BACKWARDS, name, lines.offset());
      }
      lastTimes.put(head.cpu(), head.timeNanos());
      sinkOfCpu.apply(head.cpu()).event(event);
      return true;
    }

    private void reportLost() {
      for (int i = 0; i < pending.size(); i++) {
        LostLine lost = pending.get(i);
        if (lost.cpu() == head.cpu()) {
          EventSink sink = sinkOfCpu.apply(lost.cpu());
          sink.lost(new LostEvents(lost.cpu(), head.timeNanos(), lost.count()));
          pending.remove(i--);
        }
      }
    }
  }
}
