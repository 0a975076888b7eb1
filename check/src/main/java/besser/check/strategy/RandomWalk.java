package besser.check.strategy;

import besser.kernel.machine.RandomSchedule;
import besser.kernel.machine.Schedule;
import besser.kernel.random.RandomStream;

/**
 * At each visible operation the running context stays or another goes on, by chance. How likely it
 * stays differs from run to run, since defects that need few switches hide from walks with many and
 * the other way round ("swarm testing": Groce et al., ISSTA 2012). Simple, and hard to beat on
 * small programs (Thomson, Donaldson and Betts, PPoPP 2014).
 */
public final class RandomWalk implements Strategy {
  private static final double[] SWITCH = {0.5, 0.25, 0.1, 0.03, 0.01};
  private static final double[] TIME = {0.1, 1.0 / 64, 1.0 / 512, 0};

  @Override
  public String name() {
    return "random-walk";
  }

  @Override
  public String summary() {
    return "switch by chance at any operation, at a rate that differs from run to run"
        + " (swarm testing, ISSTA 2012)";
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    return new SeededFeed(seed, RandomWalk::schedule);
  }

  private static Schedule schedule(long seed) {
    RandomStream random = new RandomStream(seed, "walk");
    double switches = SWITCH[random.nextInt(SWITCH.length)];
    double time = TIME[random.nextInt(TIME.length)];
    return new RandomSchedule(random.nextLong(), switches, 0, time);
  }
}
