package besser.trace.perf;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import java.util.ArrayList;
import java.util.List;

/** The events of one recording, found by the id their records carry. Grows as a pipe is read. */
final class PerfEvents {
  private static final int SOFTWARE = 1;
  private static final List<String> SOFTWARE_NAMES =
      List.of(
          "cpu-clock",
          "task-clock",
          "page-faults",
          "context-switches",
          "cpu-migrations",
          "minor-faults",
          "major-faults",
          "alignment-faults",
          "emulation-faults",
          "dummy",
          "bpf-output",
          "cgroup-switches");
  private static final List<String> HARDWARE_NAMES =
      List.of(
          "cycles",
          "instructions",
          "cache-references",
          "cache-misses",
          "branches",
          "branch-misses",
          "bus-cycles",
          "stalled-cycles-frontend",
          "stalled-cycles-backend",
          "ref-cycles");

  /** Set when nothing said yet what an event is called. */
  private static final String NAMELESS = "";

  private final List<PerfEvent> events = new ArrayList<>();
  private final List<SampleLayout> layouts = new ArrayList<>();
  private final IdMap indexOfId = new IdMap();
  private List<PerfEvent> named = List.of();
  private EventCatalogue catalogue = new EventCatalogue(List.of());

  /** Adds an event as the attr section or a pipe's attr record declares it. */
  void add(PerfAttr attr, List<Long> ids) {
    int index = events.size();
    events.add(new PerfEvent(index, NAMELESS, attr, ids));
    layouts.add(new SampleLayout(attr));
    ids.forEach(id -> indexOfId.put(id, index));
  }

  /** Names an event, and adds it when the attr section had none. */
  void describe(int index, String name, PerfAttr attr, List<Long> ids) {
    if (index == events.size()) {
      add(attr, ids);
    }
    if (index > events.size()) {
      throw new IllegalArgumentException(
          "event %d cannot be described before %d".formatted(index, events.size()));
    }
    PerfEvent known = events.get(index);
    if (known.ids().isEmpty()) {
      ids.forEach(id -> indexOfId.put(id, index));
      known = known.identified(ids);
    }
    events.set(index, known.named(name));
    named = List.of();
  }

  /** Names the event that has this id. */
  void rename(long id, String name) {
    int index = indexOfId.get(id);
    if (index >= 0) {
      events.set(index, events.get(index).named(name));
      named = List.of();
    }
  }

  void addFormats(List<EventFormat> formats) {
    catalogue = new EventCatalogue(formats);
    named = List.of();
  }

  EventCatalogue catalogue() {
    return catalogue;
  }

  int size() {
    return events.size();
  }

  /** Position of the event with this id, or -1. */
  int indexOfId(long id) {
    return indexOfId.get(id);
  }

  SampleLayout layout(int index) {
    return layouts.get(index);
  }

  PerfEvent event(int index) {
    if (named.size() != events.size()) {
      named = events.stream().map(this::withName).toList();
    }
    return named.get(index);
  }

  /** All events with their names. */
  List<PerfEvent> all() {
    return events.stream().map(this::withName).toList();
  }

  private PerfEvent withName(PerfEvent event) {
    return event.name().isEmpty() ? event.named(nameOf(event.attr())) : event;
  }

  private String nameOf(PerfAttr attr) {
    int config = attr.config() >= 0 && attr.config() < 0x10000 ? (int) attr.config() : -1;
    if (attr.type() == PerfAttr.TYPE_TRACEPOINT) {
      return catalogue
          .find(config)
          .map(EventFormat::qualifiedName)
          .orElse("tracepoint-" + attr.config());
    }
    if (attr.type() == SOFTWARE && config >= 0 && config < SOFTWARE_NAMES.size()) {
      return SOFTWARE_NAMES.get(config);
    }
    if (attr.type() == 0 && config >= 0 && config < HARDWARE_NAMES.size()) {
      return HARDWARE_NAMES.get(config);
    }
    return "type-%d-config-0x%x".formatted(attr.type(), attr.config());
  }
}
