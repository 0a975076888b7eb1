package besser.check.lockdep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lock class, or something that is waited for like a lock: a work item, a queue, a timer. */
final class Node {
  final int index;
  final String name;

  /** Classes taken while one of this was held, in the order first seen. */
  final List<Edge> after = new ArrayList<>(4);

  private final EnumMap<Usage, Place> usages = new EnumMap<>(Usage.class);
  boolean isSemaphore;
  boolean isReleasedByOthers;

  Node(int index, String name) {
    this.index = index;
    this.name = name;
  }

  @Nullable Place usage(Usage usage) {
    return usages.get(usage);
  }

  void mark(Usage usage, Place place) {
    usages.put(usage, place);
  }

  /** A semaphore that one context takes and another gives back is a signal, not a lock. */
  boolean isLock() {
    return !(isSemaphore && isReleasedByOthers);
  }
}
