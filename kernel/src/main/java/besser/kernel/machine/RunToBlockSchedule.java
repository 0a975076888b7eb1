package besser.kernel.machine;

/** The still machine: for counting operations. */
public final class RunToBlockSchedule implements Schedule {
  @Override
  public Mode mode() {
    return Mode.STILL;
  }

  @Override
  public int choose(Choice choice) {
    return 0;
  }
}
