package besser.rig.simulated;

import besser.kernel.machine.Machine;
import besser.kernel.observe.TraceField;
import besser.kernel.observe.TraceListener;
import besser.kernel.observe.TraceRecord;
import besser.kernel.observe.Tracepoint;
import besser.kernel.observe.Tracepoints;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventInterest;
import besser.trace.EventSink;
import besser.trace.Field;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
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
   * Tells a sink what it wants of one event from now on.
   *
   * @return how to stop that
   * @throws IllegalArgumentException when the machine has no such event
   */
  Runnable enable(String qualifiedName, EventSink sink) {
    Tracepoints points = machine.tracepoints();
    EventFormat format = format(qualifiedName);
    EventInterest interest = sink.interest(format);
    Optional<Stream> stream = interest.events().map(wanted -> new Stream(format, wanted));
    interest.instants().ifPresent(instant -> points.enableInstants(qualifiedName, instant));
    stream.ifPresent(listener -> points.enable(qualifiedName, listener));
    return () -> {
      interest.instants().ifPresent(instant -> points.disableInstants(qualifiedName, instant));
      stream.ifPresent(listener -> points.disable(qualifiedName, listener));
    };
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

  /** One tracepoint's records as events; the flyweight of its stream. */
  private static final class Stream implements TraceListener, Event {
    private static final int COMMON_FIELDS = 4;

    private final EventFormat format;
    private final EventInterest.Wanted wanted;
    private @Nullable TraceRecord current;
    private long timeNanos;

    Stream(EventFormat format, EventInterest.Wanted wanted) {
      this.format = format;
      this.wanted = wanted;
    }

    @Override
    public void on(TraceRecord next) {
      turnTo(next);
      wanted.to().accept(this);
    }

    @Override
    public boolean wants(TraceRecord first) {
      turnTo(first);
      return wanted.ofObject().test(this);
    }

    private void turnTo(TraceRecord next) {
      current = next;
      timeNanos = next.timeNanos();
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
