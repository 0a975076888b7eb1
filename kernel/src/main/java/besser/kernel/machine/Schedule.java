package besser.kernel.machine;

/**
 * Answers every choice a machine could make one way or another. The sequence of answers is the run:
 * with the same configuration and the same answers, the same things happen.
 *
 * <p>Option 0 is always what happens when nobody interferes: the running context goes on, the
 * allocation succeeds, the fault does not occur. A run is made simpler by replacing answers with 0.
 */
public interface Schedule {
  /** Who decides what goes on next. */
  enum Mode {
    /** Cost and time do; only faults and allocations are asked. */
    TIMED,
    /**
     * A still machine for counting: operations take no time, a context runs until it blocks, tasks
     * run in the order in which they were woken, interrupts come first, timers do not fire.
     */
    STILL,
    /** The schedule does, at every visible operation; operations take no time. */
    EXPLORED
  }

  /** Who decides; constant over a run. */
  Mode mode();

  /**
   * Chooses.
   *
   * @param choice what is asked; valid during the call only
   * @return the number of the option taken, from 0 to {@code choice.options() - 1}
   */
  int choose(Choice choice);
}
