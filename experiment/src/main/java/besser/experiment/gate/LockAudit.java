package besser.experiment.gate;

import java.util.List;

/**
 * Which lock was seen to be taken while holding which, in runs of a model: what a gate that asks
 * for a lock-graph audit wants to look at. Besides locks, classes are what is waited for like one:
 * {@code (work)}, {@code (wq)} and {@code (timer)}, as lockdep names them.
 *
 * @param variant of the driver
 * @param runs that were looked at
 * @param classes every class that was held or taken, by name
 * @param orders every order, by the names of held and taken
 * @param circles such as {@code a -> b -> a}; none is as it should be
 * @param around what was held around a call, and taken in it, by caller
 */
public record LockAudit(
    String variant,
    int runs,
    List<LockUse> classes,
    List<Order> orders,
    List<String> circles,
    List<Around> around) {
  public LockAudit {
    if (runs < 1) throw new IllegalArgumentException("runs must be >= 1, got " + runs);
    classes = List.copyOf(classes);
    orders = List.copyOf(orders);
    circles = List.copyOf(circles);
    around = List.copyOf(around);
  }

  /**
   * One class.
   *
   * @param name as the source spells it
   * @param usage in lockdep's words, such as {@code IN-SOFTIRQ-W}
   */
  public record LockUse(String name, List<String> usage) {
    public LockUse {
      usage = List.copyOf(usage);
    }
  }

  /**
   * One was taken while another was held.
   *
   * @param held the one held
   * @param taken the one taken
   * @param where the function that took it, the first time
   */
  public record Order(String held, String taken, String where) {
    /** Whether it is between the same two. */
    public boolean isLike(Order other) {
      return held.equals(other.held) && taken.equals(other.taken);
    }
  }

  /**
   * What is held around a call of a function and taken inside it.
   *
   * @param function the one called
   * @param caller what called it, and in which context
   * @param held classes that were held at some of the calls
   * @param taken classes that were taken inside
   */
  public record Around(String function, String caller, List<String> held, List<String> taken) {
    public Around {
      held = List.copyOf(held);
      taken = List.copyOf(taken);
    }

    /** Those that are both: the function would wait for its own caller. */
    public List<String> both() {
      return held.stream().filter(taken::contains).toList();
    }
  }

  /** Whether it has this order. */
  public boolean has(Order order) {
    return orders.stream().anyMatch(order::isLike);
  }

  /** The orders that another does not have. */
  public List<Order> ordersNotIn(LockAudit other) {
    return orders.stream().filter(order -> !other.has(order)).toList();
  }
}
