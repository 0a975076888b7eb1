package besser.rig.real;

/**
 * One line of a preflight.
 *
 * @param what was looked at, such as {@code event sched:sched_switch}
 * @param state how it is
 * @param found what was found, in words
 * @param consequence what a run would do without it, and what could be done; empty when all is well
 */
public record Finding(String what, State state, String found, String consequence) {
  /** How something is. */
  public enum State {
    /** As the plan needs it. */
    OK,
    /** A run is possible, and lacks something or is less exact. */
    COSTS,
    /** No run is possible. */
    BLOCKS
  }

  static Finding ok(String what, String found) {
    return new Finding(what, State.OK, found, "");
  }

  static Finding costs(String what, String found, String consequence) {
    return new Finding(what, State.COSTS, found, consequence);
  }

  static Finding blocks(String what, String found, String consequence) {
    return new Finding(what, State.BLOCKS, found, consequence);
  }
}
