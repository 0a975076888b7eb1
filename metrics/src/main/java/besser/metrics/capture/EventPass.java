package besser.metrics.capture;

import besser.metrics.match.AddressNames;
import besser.metrics.measure.Measurement;
import besser.metrics.table.EventCounter;
import besser.metrics.table.LockCounter;
import besser.metrics.table.WorkCounter;
import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.EventSource;
import besser.trace.LostEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One reading of the events, for the figures and all tables at once. */
final class EventPass {
  private final Set<TableKind> tables;
  private final Optional<Measurement> measurement;
  private final boolean timeOrder;
  private final List<EventCounter> counters = Collections.synchronizedList(new ArrayList<>());
  private Optional<WorkCounter> work = Optional.empty();
  private Optional<LockCounter> locks = Optional.empty();

  /**
   * @param measurement takes the events too, if there is one
   * @param timeOrder whether it needs them in the order of time over all CPUs
   */
  EventPass(Set<TableKind> tables, Optional<Measurement> measurement, boolean timeOrder) {
    this.tables = Set.copyOf(tables);
    this.measurement = measurement;
    this.timeOrder =
        (timeOrder && measurement.isPresent())
            || tables.stream().anyMatch(TableKind::needsTimeOrder);
  }

  /** Whether events are needed in the order of time over all CPUs. */
  boolean needsTimeOrder() {
    return timeOrder;
  }

  void read(EventSource source) {
    AddressNames names = AddressNames.of(source.symbols());
    if (timeOrder || source.cpus().isEmpty()) {
      source.readInTimeOrder(sink(source, names));
    } else {
      source.readEachCpu(cpu -> sink(source, names));
    }
  }

  /** A sink for one stream: of one CPU, or of all in the order of time. */
  EventSink sink(EventSource source, AddressNames names) {
    List<EventSink> sinks = new ArrayList<>();
    measurement.ifPresent(taking -> sinks.add(taking.events(source.catalogue(), names)));
    if (tables.contains(TableKind.EVENTS)) {
      EventCounter counter = new EventCounter();
      counters.add(counter);
      sinks.add(counter);
    }
    if (tables.contains(TableKind.WORK)) {
      WorkCounter counter = new WorkCounter(names);
      work = Optional.of(counter);
      sinks.add(counter);
    }
    if (tables.contains(TableKind.LOCKS)) {
      LockCounter counter = new LockCounter(names);
      locks = Optional.of(counter);
      sinks.add(counter);
    }
    return sinks.size() == 1 ? sinks.getFirst() : new All(sinks.toArray(EventSink[]::new));
  }

  List<EventCounter> counters() {
    return List.copyOf(counters);
  }

  Optional<WorkCounter> work() {
    return work;
  }

  Optional<LockCounter> locks() {
    return locks;
  }

  /** Hands each event to several sinks. */
  private static final class All implements EventSink {
    private final EventSink[] sinks;

    All(EventSink[] sinks) {
      this.sinks = sinks;
    }

    @Override
    public void event(Event event) {
      for (EventSink sink : sinks) {
        sink.event(event);
      }
    }

    @Override
    public void lost(LostEvents lost) {
      for (EventSink sink : sinks) {
        sink.lost(lost);
      }
    }
  }
}
