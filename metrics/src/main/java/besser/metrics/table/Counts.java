package besser.metrics.table;

import besser.metrics.Unit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts by name, with what they are counted over.
 *
 * @param byName how often each name was met, {@code >= 0}
 * @param over what each count is divided by, {@code > 0}: seconds for rates, all samples for shares
 * @param unit the unit of a count divided so, before any prefix: per second, or a fraction
 */
public record Counts(Map<String, Long> byName, double over, Unit.Dimension unit) {

  public Counts {
    byName = Map.copyOf(byName);
    if (!(over > 0) || Double.isInfinite(over)) {
      throw new IllegalArgumentException("counts must be over something > 0, got " + over);
    }
    byName.forEach(
        (name, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException("count of " + name + " must be >= 0, got " + count);
          }
        });
  }

  /**
   * Counts over their sum, such as the weights of folded stacks.
   *
   * @throws IllegalArgumentException when the sum is 0
   */
  public static Counts shares(Map<String, Long> byName) {
    long sum = byName.values().stream().mapToLong(Long::longValue).sum();
    return new Counts(byName, sum, Unit.Dimension.SHARE);
  }

  /** A name's count over what it is counted over; 0 for a name that was not met. */
  public double rate(String name) {
    return count(name) / over;
  }

  /** How often a name was met. */
  public long count(String name) {
    return byName.getOrDefault(name, 0L);
  }

  /** The same counts in the order of their names. */
  public Map<String, Long> sorted() {
    return new TreeMap<>(byName);
  }
}
