package besser.rig.simulated;

import besser.kernel.machine.Machine;
import besser.kernel.observe.TraceField;
import besser.kernel.observe.TraceListener;
import besser.kernel.observe.TraceRecord;
import besser.kernel.observe.Tracepoint;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tracepoints of a simulated machine as a stream of trace events, in order of time, with no
 * bytes in between: the same formats and fields that its trace.dat would declare.
 */
final class KernelEvents {
  private final Machine machine;
  private final IdentityHashMap<Tracepoint, EventFormat> formats = new IdentityHashMap<>();

  KernelEvents(Machine machine) {
    this.machine = machine;
  }

  /**
   * Sends one event to a sink from now on.
   *
   * @return how to stop that
   * @throws IllegalArgumentException when the machine has no such event
   */
  Runnable enable(String qualifiedName, EventSink sink) {
    return enable(qualifiedName, sink, name -> true);
  }

  /** As {@link #enable(String, EventSink)}, for objects of some names only. */
  Runnable enable(String qualifiedName, EventSink sink, Predicate<String> wanted) {
    Tracepoint point = machine.tracepoints().eventOrProbe(qualifiedName);
    TraceListener listener = listener(format(point), sink);
    machine.tracepoints().enable(qualifiedName, listener, wanted);
    return () -> machine.tracepoints().disable(qualifiedName, listener);
  }

  private static TraceListener listener(EventFormat format, EventSink sink) {
    Optional<LongConsumer> instants = sink.instants(format);
    return instants.isPresent() ? new Instants(instants.get()) : new Stream(format, sink);
  }

  /** The declared format of an event. */
  EventFormat format(String qualifiedName) {
    return format(machine.tracepoints().eventOrProbe(qualifiedName));
  }

  /** The declared format of a tracepoint. */
  EventFormat format(Tracepoint point) {
    return formats.computeIfAbsent(point, KernelEvents::declare);
  }

  private static EventFormat declare(Tracepoint point) {
    List<Field> common = commonFields();
    List<Field> own = new ArrayList<>();
    int offset = 8;
    for (TraceField field : point.fields()) {
      int size = field.sizeBytes();
      int alignment = Math.min(8, Integer.lowestOneBit(size));
      offset = (offset + alignment - 1) / alignment * alignment;
      int index = common.size() + own.size();
      own.add(
          new Field(
              field.name(),
              field.type(),
              index,
              offset,
              size,
              elementBytes(field),
              field.signed(),
              kind(field)));
      offset += size;
    }
    return new EventFormat(
        point.id(), point.system(), point.name(), common, own, point.printFormat());
  }

  /** The four fields that every event of Linux starts with. */
  private static List<Field> commonFields() {
    return List.of(
        new Field("common_type", "unsigned short", 0, 0, 2, 2, false, Field.Kind.NUMBER),
        new Field("common_flags", "unsigned char", 1, 2, 1, 1, false, Field.Kind.NUMBER),
        new Field("common_preempt_count", "unsigned char", 2, 3, 1, 1, false, Field.Kind.NUMBER),
        new Field("common_pid", "int", 3, 4, 4, 4, true, Field.Kind.NUMBER));
  }

  private static int elementBytes(TraceField field) {
    return switch (field.kind()) {
      case NUMBER, POINTER -> field.sizeBytes();
      case TEXT, DYNAMIC_TEXT -> 1;
    };
  }

  private static Field.Kind kind(TraceField field) {
    return switch (field.kind()) {
      case NUMBER, POINTER -> Field.Kind.NUMBER;
      case TEXT -> Field.Kind.TEXT;
      case DYNAMIC_TEXT -> Field.Kind.DYNAMIC_TEXT;
    };
  }

  /** When one tracepoint's records were emitted, and no more of them. */
  private record Instants(LongConsumer to) implements TraceListener {
    @Override
    public void on(TraceRecord record) {
      to.accept(record.timeNanos());
    }

    @Override
    public boolean readsFields() {
      return false;
    }
  }

  /** One tracepoint's records as events; the flyweight of its stream. */
  private static final class Stream implements TraceListener, Event {
    private static final int COMMON_FIELDS = 4;

    private final EventFormat format;
    private final EventSink sink;
    private @Nullable TraceRecord current;
    private long timeNanos;

    Stream(EventFormat format, EventSink sink) {
      this.format = format;
      this.sink = sink;
    }

    @Override
    public void on(TraceRecord next) {
      current = next;
      timeNanos = next.timeNanos();
      sink.event(this);
    }

    private TraceRecord record() {
      TraceRecord record = current;
      if (record == null) throw new IllegalStateException("no event has come yet");
      return record;
    }

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
      return record().cpu();
    }

    @Override
    public int pid() {
      return record().pid();
    }

    @Override
    public String comm() {
      return record().comm();
    }

    @Override
    public long number(Field field) {
      int own = field.index() - COMMON_FIELDS;
      if (own >= 0) return field.kind() == Field.Kind.NUMBER ? record().number(own) : 0;
      return switch (field.index()) {
        case 0 -> format().id();
        case 1 -> record().flags();
        case 2 -> record().preemptCount();
        default -> record().pid();
      };
    }

    @Override
    public String text(Field field) {
      return record().text(field.index() - COMMON_FIELDS);
    }

    @Override
    public int length(Field field) {
      return field.kind().isText() ? text(field).length() + 1 : 1;
    }

    @Override
    public long element(Field field, int index) {
      String text = field.kind().isText() ? text(field) : "";
      if (index >= 0 && index < text.length()) return text.charAt(index);
      // A text ends with a NUL; a number is an array of one.
      if (index != text.length()) {
        throw new IndexOutOfBoundsException(
            "index must be 0 to " + text.length() + ", got " + index);
      }
      return field.kind().isText() ? 0 : number(field);
    }

    @Override
    public boolean keepsTexts() {
      return true;
    }

    @Override
    public int sizeBytes() {
      return 0;
    }
  }
}
