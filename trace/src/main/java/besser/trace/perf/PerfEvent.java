package besser.trace.perf;

import java.util.List;

/**
 * One event of a profile.
 *
 * @param index its position in the file, from 0
 * @param name as perf calls it, such as {@code cpu-clock} or {@code sched:sched_switch}
 * @param attr how it was opened
 * @param ids the ids its samples carry, one per CPU or thread it was opened on
 */
public record PerfEvent(int index, String name, PerfAttr attr, List<Long> ids) {
  public PerfEvent {
    if (index < 0) {
      throw new IllegalArgumentException("event index must be >= 0, got " + index);
    }
    ids = List.copyOf(ids);
  }

  PerfEvent named(String newName) {
    return new PerfEvent(index, newName, attr, ids);
  }

  PerfEvent identified(List<Long> newIds) {
    return new PerfEvent(index, name, attr, newIds);
  }
}
