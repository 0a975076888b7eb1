package besser.kernel.machine;

/**
 * Gives recorded answers again. Where a changed run asks otherwise than the recorded one, an answer
 * that does not exist becomes 0, as do all beyond the end; {@link #misfits} counts the former.
 */
public final class ReplaySchedule implements Schedule {
  private final Mode mode;
  private final Decisions decisions;
  private int next;
  private int misfits;

  /** Replays {@code decisions} of a run that had the given mode. */
  public ReplaySchedule(Mode mode, Decisions decisions) {
    this.mode = mode;
    this.decisions = decisions;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public int choose(Choice choice) {
    int answer = decisions.answer(next++);
    if (answer < choice.options()) return answer;
    misfits++;
    return 0;
  }

  /** How many recorded answers did not exist; 0 in a faithful replay. */
  public int misfits() {
    return misfits;
  }
}
