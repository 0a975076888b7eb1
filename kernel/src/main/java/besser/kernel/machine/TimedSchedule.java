package besser.kernel.machine;

/** A performance run: cost and time decide, nothing fails. */
public final class TimedSchedule implements Schedule {
  @Override
  public Mode mode() {
    return Mode.TIMED;
  }

  @Override
  public int choose(Choice choice) {
    return 0;
  }
}
