package besser.check.strategy;

import besser.kernel.machine.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several strategies in turn, run by run: each finds what others miss, and nobody knows beforehand
 * which will be needed.
 */
public final class Mix implements Strategy {
  private final String name;
  private final List<Strategy> strategies;

  /** In turn, in the order given; at least one. */
  public Mix(String name, List<Strategy> strategies) {
    if (strategies.isEmpty()) throw new IllegalArgumentException("a mix needs a strategy");
    this.name = name;
    this.strategies = List.copyOf(strategies);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return strategies.stream().map(Strategy::name).collect(Collectors.joining(", ")) + " in turn";
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    List<ScheduleFeed> feeds = new ArrayList<>();
    for (int i = 0; i < strategies.size(); i++) {
      feeds.add(strategies.get(i).feed(Seeds.derive(seed, i), shape));
    }
    return new Turns(feeds);
  }

  private static final class Turns implements ScheduleFeed {
    private final List<ScheduleFeed> feeds;
    private int turn;

    Turns(List<ScheduleFeed> feeds) {
      this.feeds = feeds;
    }

    @Override
    public List<Schedule> next(int limit) {
      List<Schedule> schedules = new ArrayList<>(limit);
      int exhausted = 0;
      while (schedules.size() < limit && exhausted < feeds.size()) {
        List<Schedule> one = feeds.get(turn++ % feeds.size()).next(1);
        schedules.addAll(one);
        exhausted = one.isEmpty() ? exhausted + 1 : 0;
      }
      return schedules;
    }

    @Override
    public void batchDone() {
      feeds.forEach(ScheduleFeed::batchDone);
    }
  }
}
