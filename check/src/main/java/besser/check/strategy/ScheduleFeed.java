package besser.check.strategy;

import besser.kernel.machine.Schedule;
import java.util.List;

/** One search's schedules, in batches. Not thread-safe; its schedules run on any thread. */
public interface ScheduleFeed {
  /**
   * The next schedules, at most {@code limit}, which is at least 1; each is run exactly once. None
   * when the space is exhausted.
   */
  List<Schedule> next(int limit);

  /** All schedules of the last batch have run. */
  default void batchDone() {}
}
