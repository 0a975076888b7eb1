package besser.kernel.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

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
  private final List<Listening> listenings = new ArrayList<>();
  private final List<TraceGate> gates = new ArrayList<>();
  private TraceListener[] listeners = {};
  private boolean enabled;
  private boolean read;

  /** A listener, and the names of the objects whose records it wants. */
  private record Listening(TraceListener listener, Predicate<String> wanted) {}

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

  /** Whether anyone who listens looks at the fields; else they need not be set. */
  public boolean isRead() {
    return read;
  }

  /** Begins a record; set its fields and {@link Writer#emit} it. */
  public Writer begin() {
    return begin(listeners);
  }

  Writer begin(TraceListener[] to) {
    return owner.begin(this, to);
  }

  /** The gate of an object of that name. */
  public TraceGate gate(String objectName) {
    TraceGate gate = new TraceGate(this, objectName);
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

  void listen(TraceListener listener, Predicate<String> wanted) {
    listenings.add(new Listening(listener, wanted));
    renew();
  }

  void ignore(TraceListener listener) {
    listenings.removeIf(l -> l.listener().equals(listener));
    renew();
  }

  private void renew() {
    listeners = listeners(wanted -> true);
    enabled = listeners.length > 0;
    read = Arrays.stream(listeners).anyMatch(TraceListener::readsFields);
    gates.forEach(TraceGate::renew);
  }

  TraceListener[] listenersTo(String objectName) {
    return listeners(wanted -> wanted.test(objectName));
  }

  private TraceListener[] listeners(Predicate<Predicate<String>> chosen) {
    return listenings.stream()
        .filter(l -> chosen.test(l.wanted()))
        .map(Listening::listener)
        .toArray(TraceListener[]::new);
  }

  @Override
  public String toString() {
    return qualifiedName();
  }
}
