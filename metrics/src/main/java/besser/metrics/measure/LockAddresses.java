package besser.metrics.measure;

import besser.metrics.match.AddressNames;
import besser.metrics.match.LockName;
import besser.metrics.match.LongTable;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.Optional;

/** The addresses at which locks of a name lie, as far as the capture says. */
final class LockAddresses {
  private final LockName lock;
  private final LongTable verdicts = new LongTable();
  private Optional<AddressNames> names = Optional.empty();
  private boolean any;

  private static final long YES = 1;
  private static final long NO = 0;

  LockAddresses(LockName lock) {
    this.lock = lock;
  }

  void resolve(AddressNames addressNames) {
    names = Optional.of(addressNames);
  }

  boolean contains(long address) {
    long verdict = verdicts.get(address);
    if (verdict == LongTable.ABSENT) {
      verdict = lock.isAddress(address) || isNamed(address) ? YES : NO;
      verdicts.put(address, verdict);
      any |= verdict == YES;
    }
    return verdict == YES;
  }

  private boolean isNamed(long address) {
    return names.isPresent() && lock.matches(names.get().exactly(address));
  }

  /** Learns addresses from {@code lock:lock_acquire}, whose lockdep map is the lock itself. */
  EventHandler learning(EventFormat format) {
    Field name = format.field("name");
    Field address = format.field("lockdep_addr");
    return new ObjectHandler(
        event -> lock.matches(event, name),
        (event, bin) -> {
          long lockdep = event.number(address);
          if (verdicts.get(lockdep) != YES && lock.matches(event, name)) {
            verdicts.put(lockdep, YES);
            any = true;
          }
        });
  }

  void add(LockAddresses other) {
    any |= other.any;
  }

  /** Why nothing could be counted, if so. */
  Optional<String> problem() {
    return any
        ? Optional.empty()
        : Optional.of(
            "no contended lock could be named "
                + lock
                + ": lock:contention_begin holds addresses only; write the lock's address (0x...),"
                + " or use a kernel with lockdep");
  }
}
