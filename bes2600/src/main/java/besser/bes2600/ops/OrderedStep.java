package besser.bes2600.ops;

/**
 * One event of a scenario.
 *
 * @param context who did it: {@code irq}, {@code rx_work}, {@code tx_work}, {@code bh}, {@code
 *     tasklet}, or the task's name
 * @param what what was done
 */
public record OrderedStep(String context, String what) {
  @Override
  public String toString() {
    return context + ": " + what;
  }
}
