package besser.metrics.measure;

import besser.metrics.match.AddressNames;
import besser.metrics.match.LockName;
import besser.metrics.match.LongTable;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.Optional;
import java.util.Set;

/** Times from {@code lock:contention_begin} to {@code lock:contention_end} of a lock. */
final class LockWaitMeter extends EventMeter {
  static final String END = "lock:contention_end";

  private final LockAddresses addresses;
  private final LongTable since = new LongTable();
  private final Durations durations;

  LockWaitMeter(String lock, Timeline timeline) {
    this.addresses = new LockAddresses(LockName.of(lock));
    this.durations = new Durations(timeline);
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    return switch (format.qualifiedName()) {
      case LockCountMeter.ACQUIRE -> Optional.of(addresses.learning(format));
      case LockCountMeter.CONTENTION_BEGIN -> {
        addresses.resolve(names);
        Field address = format.field("lock_addr");
        yield Optional.of(
            (event, bin) -> {
              if (addresses.contains(event.number(address))) {
                since.put(waiter(event, event.number(address)), event.timeNanos());
              }
            });
      }
      case END -> {
        Field address = format.field("lock_addr");
        yield Optional.of(
            (event, bin) -> {
              long began = since.remove(waiter(event, event.number(address)));
              if (began != LongTable.ABSENT) {
                durations.record(event.timeNanos() - began, bin);
              }
            });
      }
      default -> Optional.empty();
    };
  }

  /** A thread waits for one lock once; the idle task waits on each CPU for itself. */
  private static long waiter(Event event, long lockAddress) {
    long task = event.pid() == 0 ? -1L - event.cpu() : event.pid();
    return Long.rotateLeft(lockAddress, 17) * 31 + task;
  }

  @Override
  void lost() {
    since.clear();
  }

  @Override
  Optional<String> missing(Set<String> found) {
    return firstMissing(found, LockCountMeter.CONTENTION_BEGIN, END).or(addresses::problem);
  }

  @Override
  void addCounts(EventMeter other) {
    durations.add(((LockWaitMeter) other).durations);
    addresses.add(((LockWaitMeter) other).addresses);
  }

  Durations durations() {
    return durations;
  }
}
