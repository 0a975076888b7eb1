package besser.metrics.measure;

import besser.metrics.Source.WaitAfter;
import besser.metrics.match.AddressNames;
import besser.metrics.match.LongTable;
import besser.metrics.match.NamePattern;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.Optional;
import java.util.Set;

/** How long runnable threads wait for a CPU: {@code sched_wakeup} to {@code sched_switch}. */
final class RunQueueMeter extends EventMeter {
  static final String WAKEUP = "sched:sched_wakeup";
  static final String WAKEUP_NEW = "sched:sched_wakeup_new";
  static final String SWITCH = "sched:sched_switch";

  // TASK_REPORT and TASK_REPORT_IDLE of include/linux/sched.h: a thread that still runs, preempted
  // or not, has none of them
  private static final long NOT_RUNNABLE = 0xff;

  private final boolean afterPreemption;
  private final Optional<NamePattern> thread;
  private final LongTable runnableSince = new LongTable();
  private final Durations durations;

  RunQueueMeter(WaitAfter after, Optional<String> thread, Timeline timeline) {
    this.afterPreemption = after == WaitAfter.ANY;
    this.thread = thread.map(NamePattern::of);
    this.durations = new Durations(timeline);
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    return switch (format.qualifiedName()) {
      case WAKEUP, WAKEUP_NEW -> {
        Field pid = format.field("pid");
        yield Optional.of((event, bin) -> runnableSince.put(event.number(pid), event.timeNanos()));
      }
      case SWITCH -> Optional.of(switching(format));
      default -> Optional.empty();
    };
  }

  private EventHandler switching(EventFormat format) {
    Field previous = format.field("prev_pid");
    Field previousState = format.field("prev_state");
    Field next = format.field("next_pid");
    Field nextName = format.field("next_comm");
    return (event, bin) -> {
      long nextPid = event.number(next);
      long since = nextPid == 0 ? LongTable.ABSENT : runnableSince.remove(nextPid);
      if (since != LongTable.ABSENT
          && (thread.isEmpty() || thread.get().matches(event, nextName))) {
        durations.record(event.timeNanos() - since, bin);
      }
      if (afterPreemption
          && (event.number(previousState) & NOT_RUNNABLE) == 0
          && event.number(previous) != 0) {
        runnableSince.put(event.number(previous), event.timeNanos());
      }
    };
  }

  @Override
  void lost() {
    runnableSince.clear();
  }

  @Override
  Optional<String> missing(Set<String> found) {
    return firstMissing(found, WAKEUP, SWITCH);
  }

  @Override
  void addCounts(EventMeter other) {
    durations.add(((RunQueueMeter) other).durations);
  }

  Durations durations() {
    return durations;
  }
}
