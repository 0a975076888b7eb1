package besser.metrics.table;

import besser.metrics.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What grew and what shrank from one capture to another.
 *
 * @param growths by size of the change, the greatest first; those whose change is not known ({@link
 *     #isKnown}) behind all others
 * @param unit what before and after measure: events per second, or shares as fractions
 */
public record Difference(List<Growth> growths, Unit.Dimension unit) {

  /**
   * How one name's share or rate changed.
   *
   * @param before per second, or a fraction of all samples
   * @param after likewise
   * @param standardErrors the change over its standard error if every occurrence came by itself
   *     (Poisson counts). Events come in bursts, so a figure below about 3 is certainly noise,
   *     while one above it need not mean anything: only repetitions tell that
   */
  public record Growth(
      String name,
      double before,
      double after,
      long beforeCount,
      long afterCount,
      double standardErrors) {

    /** After less before. */
    public double change() {
      return after - before;
    }
  }

  public Difference {
    growths = List.copyOf(growths);
  }

  /**
   * Whether a change can be told. A trace does not say what it was to record: an event that one
   * capture has none of may not have been recorded there.
   */
  public boolean isKnown(Growth growth) {
    return isKnown(growth, unit);
  }

  private static boolean isKnown(Growth growth, Unit.Dimension unit) {
    boolean oneSided = growth.beforeCount() == 0 || growth.afterCount() == 0;
    return unit != Unit.Dimension.EVENT_RATE || !oneSided;
  }

  /** Whether the change of some name cannot be told. */
  public boolean hasUnknown() {
    return !growths.stream().allMatch(this::isKnown);
  }

  /**
   * Compares two captures.
   *
   * @throws IllegalArgumentException when they do not measure the same
   */
  public static Difference of(Counts before, Counts after) {
    if (before.unit() != after.unit()) {
      throw new IllegalArgumentException(
          "both captures must measure the same, got %s and %s"
              .formatted(before.unit(), after.unit()));
    }
    TreeSet<String> names = new TreeSet<>(before.byName().keySet());
    names.addAll(after.byName().keySet());
    return new Difference(
        names.stream()
            .map(name -> growth(name, before, after))
            .sorted(
                Comparator.comparing((Growth growth) -> isKnown(growth, before.unit()))
                    .thenComparingDouble(growth -> Math.abs(growth.change()))
                    .reversed()
                    .thenComparing(Growth::name))
            .toList(),
        before.unit());
  }

  private static Growth growth(String name, Counts before, Counts after) {
    double change = after.rate(name) - before.rate(name);
    double variance =
        before.count(name) / (before.over() * before.over())
            + after.count(name) / (after.over() * after.over());
    return new Growth(
        name,
        before.rate(name),
        after.rate(name),
        before.count(name),
        after.count(name),
        variance == 0 ? 0 : change / Math.sqrt(variance));
  }
}
