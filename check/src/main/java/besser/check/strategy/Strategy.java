package besser.check.strategy;

/** A way to search the space of schedules. Stateless: what it knows of a search is in its feed. */
public interface Strategy {
  /** Its name at the command line, such as {@code pct}. */
  String name();

  /** One line: what it does, and the paper it is from. */
  String summary();

  /**
   * Begins a search.
   *
   * @param seed of the whole search
   * @param shape of the program's undisturbed run
   */
  ScheduleFeed feed(long seed, RunShape shape);
}
