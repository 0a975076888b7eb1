package besser.kernel.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A named event with declared fields. Emitting code asks first, so that a disabled one costs a
 * field load:
 *
 * <pre>{@code
 * if (start.isEnabled()) start.begin().number(0, blocks).text(1, "mmc1").emit();
 * }</pre>
 */
public final class Tracepoint {
  private final Tracepoints owner;
  private final int id;
  private final String system;
  private final String name;
  private final List<TraceField> fields;
  private final String printFormat;
  private final List<TraceListener> listening = new ArrayList<>();
  private final List<LongConsumer> timing = new ArrayList<>();
  private final List<TraceGate> gates = new ArrayList<>();
  private TraceListener[] listeners = {};
  private @Nullable LongConsumer instant;
  private boolean enabled;
  private boolean read;

  Tracepoint(
      Tracepoints owner,
      int id,
      String system,
      String name,
      String printFormat,
      List<TraceField> fields) {
    this.owner = owner;
    this.id = id;
    this.system = system;
    this.name = name;
    this.printFormat = printFormat;
    this.fields = List.copyOf(fields);
  }

  /** Dense number from 1 in its registry, in order of declaration. */
  public int id() {
    return id;
  }

  /** Such as {@code workqueue}. */
  public String system() {
    return system;
  }

  /** Such as {@code workqueue_execute_start}. */
  public String name() {
    return name;
  }

  /** {@code system:name}. */
  public String qualifiedName() {
    return system + ":" + name;
  }

  /** Its own fields; records number them so. */
  public List<TraceField> fields() {
    return fields;
  }

  /** The {@code print fmt} that its format file should show. */
  public String printFormat() {
    return printFormat;
  }

  /**
   * The number of a field.
   *
   * @throws IllegalArgumentException when it has none of that name
   */
  public int field(String fieldName) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(fieldName)) return i;
    }
    throw new IllegalArgumentException(
        qualifiedName() + " has no field " + fieldName + ", it has " + fields);
  }

  /** Whether anyone listens. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Whether anyone is handed records; else {@link #happened} tells all there is to tell. */
  public boolean isRead() {
    return read;
  }

  boolean isTimed() {
    return instant != null;
  }

  /** Begins a record; set its fields and {@link Writer#emit} it. */
  public Writer begin() {
    return owner.begin(this);
  }

  Writer begin(TraceGate gate) {
    return owner.begin(this, gate);
  }

  /** Tells who wants no more than that when it happened. */
  public void happened(long timeNanos) {
    if (instant != null) instant.accept(timeNanos);
  }

  /** The gate of one object, which emits its records through it. */
  public TraceGate gate() {
    TraceGate gate = new TraceGate(this);
    gates.add(gate);
    return gate;
  }

  /** Sets the fields of a record. */
  public interface Writer {
    /** A number or pointer field. */
    Writer number(int field, long value);

    /** A text field. */
    Writer text(int field, String value);

    /** Hands the record to the listeners. */
    void emit();
  }

  TraceListener[] listeners() {
    return listeners;
  }

  void listen(TraceListener listener) {
    listening.add(listener);
    renew();
  }

  void ignore(TraceListener listener) {
    listening.remove(listener);
    renew();
  }

  void tell(LongConsumer to) {
    timing.add(to);
    renew();
  }

  void tellNoMore(LongConsumer to) {
    timing.remove(to);
    renew();
  }

  private void renew() {
    listeners = listening.toArray(TraceListener[]::new);
    instant = timing.stream().reduce(LongConsumer::andThen).orElse(null);
    read = listeners.length > 0;
    enabled = read || isTimed();
    gates.forEach(TraceGate::renew);
  }

  @Override
  public String toString() {
    return qualifiedName();
  }
}
