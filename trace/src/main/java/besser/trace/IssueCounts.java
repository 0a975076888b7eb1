package besser.trace;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How often each {@link Issue} was met in one source, with where it was met first. Thread-safe. */
public final class IssueCounts {
  private final Map<Issue, AtomicLong> counts = new EnumMap<>(Issue.class);
  private final Map<Issue, String> firstPlaces = new ConcurrentHashMap<>();

  /** An empty count. */
  public IssueCounts() {
    for (Issue issue : Issue.values()) {
      counts.put(issue, new AtomicLong());
    }
  }

  /**
   * Counts one occurrence.
   *
   * @param place where it was met (file, offset, event name); kept for the first occurrence only
   */
  public void add(Issue issue, String place) {
    if (counter(issue).getAndIncrement() == 0) {
      firstPlaces.put(issue, place);
    }
  }

  /** Counts one occurrence in {@code file} at byte {@code offset}; allocates only for the first. */
  public void add(Issue issue, String file, long offset) {
    if (counter(issue).getAndIncrement() == 0) {
      firstPlaces.put(issue, file + ": offset " + offset);
    }
  }

  private AtomicLong counter(Issue issue) {
    return Objects.requireNonNull(counts.get(issue));
  }

  /** How often the issue was met, {@code >= 0}. */
  public long count(Issue issue) {
    return counter(issue).get();
  }

  /** Where the issue was met first, or the empty text when it was not. */
  public String firstPlace(Issue issue) {
    return firstPlaces.getOrDefault(issue, "");
  }

  /** Whether no issue was met at all. */
  public boolean isEmpty() {
    return counts().isEmpty();
  }

  /** The issues that were met, in the order of their declaration. */
  public Map<Issue, Long> counts() {
    Map<Issue, Long> met = new EnumMap<>(Issue.class);
    for (Issue issue : Issue.values()) {
      if (count(issue) > 0) {
        met.put(issue, count(issue));
      }
    }
    return met;
  }

  @Override
  public String toString() {
    return counts().toString();
  }
}
