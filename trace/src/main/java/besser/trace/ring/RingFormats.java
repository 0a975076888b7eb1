package besser.trace.ring;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Formats by event id in one array access, and where the common fields are. */
final class RingFormats {
  private final EventFormat none = new EventFormat(0, "unknown", "none", List.of(), List.of(), "");
  private final EventFormat[] byId;
  private final Map<Integer, EventFormat> unknown = new HashMap<>();
  private final List<Field> commonFields;
  private final int typeOffset;
  private final int typeBytes;
  private final int pidOffset;

  RingFormats(EventCatalogue catalogue) {
    byId = new EventFormat[catalogue.idLimit()];
    Arrays.fill(byId, none);
    for (EventFormat format : catalogue.formats()) {
      byId[format.id()] = format;
    }
    commonFields =
        catalogue.formats().isEmpty() ? List.of() : catalogue.formats().getFirst().commonFields();
    Field type = find("common_type", 0, 2);
    // records have at least four bytes, so a type within them can be read unchecked
    boolean typeFits = type.offsetBytes() + type.sizeBytes() <= 4;
    typeOffset = typeFits ? type.offsetBytes() : 0;
    typeBytes = typeFits ? type.sizeBytes() : 2;
    pidOffset = find("common_pid", 4, 4).offsetBytes();
  }

  private Field find(String name, int defaultOffset, int defaultBytes) {
    for (Field field : commonFields) {
      if (field.name().equals(name) && field.kind() == Field.Kind.NUMBER) {
        return field;
      }
    }
    return new Field(
        name, "int", 0, defaultOffset, defaultBytes, defaultBytes, false, Field.Kind.NUMBER);
  }

  /** What {@link #find(int)} answers for an id without a format. */
  EventFormat none() {
    return none;
  }

  EventFormat find(int id) {
    return id < byId.length ? byId[id] : none;
  }

  /** A stand-in for an id without a format: it has the common fields only. */
  EventFormat unknown(int id) {
    return unknown.computeIfAbsent(
        id & 0xffff,
        key -> new EventFormat(key, "unknown", "event_" + key, commonFields, List.of(), ""));
  }

  int typeOffset() {
    return typeOffset;
  }

  int typeBytes() {
    return typeBytes;
  }

  int pidOffset() {
    return pidOffset;
  }
}
