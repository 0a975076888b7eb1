package besser.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One event type: what a kernel's {@code events/SYSTEM/NAME/format} file declares. Formats are
 * compared by identity: each source has its own, and {@link #id} is dense enough to index arrays.
 */
public final class EventFormat {
  private final int id;
  private final String system;
  private final String name;
  private final List<Field> commonFields;
  private final List<Field> fields;
  private final List<Field> allFields;
  private final String printFormat;
  private final Map<String, Field> byName;

  /**
   * @param id the event's number in this source, 0 to 65535
   * @param system the event's group, such as {@code sched}
   * @param name the event's name, such as {@code sched_switch}
   * @param commonFields the fields every event has; their indexes start at 0
   * @param fields the event's own fields; their indexes follow
   * @param printFormat what follows {@code print fmt:}, may be empty
   */
  public EventFormat(
      int id,
      String system,
      String name,
      List<Field> commonFields,
      List<Field> fields,
      String printFormat) {
    if (id < 0 || id > 0xffff) {
      throw new IllegalArgumentException("event id must be from 0 to 65535, got " + id);
    }
    this.id = id;
    this.system = system;
    this.name = name;
    this.commonFields = List.copyOf(commonFields);
    this.fields = List.copyOf(fields);
    this.printFormat = printFormat;
    List<Field> all = new ArrayList<>(commonFields);
    all.addAll(fields);
    this.allFields = List.copyOf(all);
    this.byName = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Field field = all.get(i);
      if (field.index() != i) {
        throw new IllegalArgumentException(
            "field %s of %s must have index %d, got %d"
                .formatted(field.name(), qualifiedName(), i, field.index()));
      }
      byName.putIfAbsent(field.name(), field);
    }
  }

  /** The event's number in this source, 0 to 65535. */
  public int id() {
    return id;
  }

  /** The event's group, such as {@code sched}. */
  public String system() {
    return system;
  }

  /** The event's name, such as {@code sched_switch}. */
  public String name() {
    return name;
  }

  /** {@code system:name}, the spelling of plans and command lines. */
  public String qualifiedName() {
    return system + ":" + name;
  }

  /** The fields every event of the source has. */
  public List<Field> commonFields() {
    return commonFields;
  }

  /** The event's own fields in the order of declaration. */
  public List<Field> fields() {
    return fields;
  }

  /** Common and own fields; the position in the list is {@link Field#index}. */
  public List<Field> allFields() {
    return allFields;
  }

  /** The kernel's print format as declared, or the empty text. */
  public String printFormat() {
    return printFormat;
  }

  /** The field of that name, common ones included. */
  public Optional<Field> findField(String fieldName) {
    return Optional.ofNullable(byName.get(fieldName));
  }

  /**
   * The field of that name.
   *
   * @throws MissingFieldException when there is none; the message lists those there are
   */
  public Field field(String fieldName) {
    return findField(fieldName)
        .orElseThrow(
            () ->
                new MissingFieldException(
                    "%s has no field %s, it has %s"
                        .formatted(qualifiedName(), fieldName, fieldNames())));
  }

  private List<String> fieldNames() {
    return fields.stream().map(Field::name).toList();
  }

  @Override
  public String toString() {
    return qualifiedName() + " (" + id + ")";
  }
}
