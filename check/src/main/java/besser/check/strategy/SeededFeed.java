package besser.check.strategy;

import besser.kernel.machine.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Endlessly many schedules that differ in their seed only. */
final class SeededFeed implements ScheduleFeed {
  private final long seed;
  private final LongFunction<Schedule> make;
  private long index;

  SeededFeed(long seed, LongFunction<Schedule> make) {
    this.seed = seed;
    this.make = make;
  }

  @Override
  public List<Schedule> next(int limit) {
    List<Schedule> schedules = new ArrayList<>(limit);
    for (int i = 0; i < limit; i++) schedules.add(make.apply(Seeds.derive(seed, index++)));
    return schedules;
  }
}
