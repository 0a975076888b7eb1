package besser.bes2600.station;

/** Told after each second of a step. */
@FunctionalInterface
public interface StepWatcher {
  /** Nobody watches, nothing stops it. */
  StepWatcher NONE = done -> true;

  /**
   * One more second has passed.
   *
   * @return whether to go on
   */
  boolean second(int secondsDone);
}
