package besser.check.strategy;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;

/** Interferes nowhere: what faults are placed on to see them alone. */
public final class Undisturbed implements Strategy {
  @Override
  public String name() {
    return "undisturbed";
  }

  @Override
  public String summary() {
    return "the run as it goes when nobody interferes";
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    return new SeededFeed(seed, runSeed -> new Calm());
  }

  private static final class Calm implements Schedule {
    @Override
    public Mode mode() {
      return Mode.EXPLORED;
    }

    @Override
    public int choose(Choice choice) {
      return 0;
    }
  }
}
