package besser.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event formats one source declares, found by id in one array access. Immutable. */
public final class EventCatalogue {
  private final Optional<EventFormat>[] byId;
  private final Map<String, EventFormat> byQualifiedName = new HashMap<>();
  private final List<EventFormat> formats;

  /**
   * @throws IllegalArgumentException when two formats have the same id
   */
  public EventCatalogue(Collection<EventFormat> formats) {
    List<EventFormat> sorted = new ArrayList<>(formats);
    sorted.sort(Comparator.comparingInt(EventFormat::id));
    this.formats = List.copyOf(sorted);
    this.byId = emptySlots(sorted.isEmpty() ? 0 : sorted.getLast().id() + 1);
    for (EventFormat format : sorted) {
      if (byId[format.id()].isPresent()) {
        throw new IllegalArgumentException(
            "event id %d is declared twice: by %s and %s"
                .formatted(format.id(), byId[format.id()].get(), format));
      }
      byId[format.id()] = Optional.of(format);
      byQualifiedName.putIfAbsent(format.qualifiedName(), format);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Optional<EventFormat>[] emptySlots(int length) {
    Optional<EventFormat>[] slots = new Optional[length];
    java.util.Arrays.fill(slots, Optional.empty());
    return slots;
  }

  /** The format with that id. */
  public Optional<EventFormat> find(int id) {
    return id >= 0 && id < byId.length ? byId[id] : Optional.empty();
  }

  /** The format called {@code system:name}. */
  public Optional<EventFormat> find(String qualifiedName) {
    return Optional.ofNullable(byQualifiedName.get(qualifiedName));
  }

  /** All formats, by ascending id. */
  public List<EventFormat> formats() {
    return formats;
  }

  /** One more than the greatest id, so the length of an array indexed by id. */
  public int idLimit() {
    return byId.length;
  }
}
