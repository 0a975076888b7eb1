package besser.metrics.measure;

import besser.metrics.Source.LockAspect;
import besser.metrics.match.AddressNames;
import besser.metrics.match.EventTest;
import besser.metrics.match.LockName;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.Optional;
import java.util.Set;

/**
 * How often a lock is taken or waited for.
 *
 * <p>{@code lock:lock_acquire} and {@code lock:lock_contended} name the lock but exist only in
 * kernels built with lockdep (and lock statistics). {@code lock:contention_begin} exists since
 * Linux 5.19 but holds an address; it is counted where that address is a symbol, was written as a
 * number, or was met in a {@code lock_acquire} before. Where a kernel records contention in both
 * ways, the greater count stands.
 */
final class LockCountMeter extends EventMeter {
  static final String ACQUIRE = "lock:lock_acquire";
  static final String CONTENDED = "lock:lock_contended";
  static final String CONTENTION_BEGIN = "lock:contention_begin";

  private final LockName lock;
  private final LockAspect aspect;
  private final LockAddresses addresses;
  private final Bins byName;
  private final Bins byAddress;

  LockCountMeter(String lock, LockAspect aspect, Timeline timeline) {
    this.lock = LockName.of(lock);
    this.aspect = aspect;
    this.addresses = new LockAddresses(this.lock);
    this.byName = timeline.bins();
    this.byAddress = timeline.bins();
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    boolean acquisitions = aspect == LockAspect.ACQUISITIONS;
    return switch (format.qualifiedName()) {
      case ACQUIRE ->
          Optional.of(acquisitions ? counting(format, byName) : addresses.learning(format));
      case CONTENDED -> acquisitions ? Optional.empty() : Optional.of(counting(format, byName));
      case CONTENTION_BEGIN ->
          acquisitions ? Optional.empty() : Optional.of(beginning(format, names));
      default -> Optional.empty();
    };
  }

  private EventHandler counting(EventFormat format, Bins counts) {
    Field name = format.field("name");
    EventTest wanted = event -> lock.matches(event, name);
    return new ObjectHandler(
        wanted,
        (event, bin) -> {
          if (wanted.test(event)) {
            counts.increment(bin);
          }
        });
  }

  private EventHandler beginning(EventFormat format, AddressNames names) {
    Field address = format.field("lock_addr");
    addresses.resolve(names);
    return (event, bin) -> {
      if (addresses.contains(event.number(address))) {
        byAddress.increment(bin);
      }
    };
  }

  @Override
  Optional<String> missing(Set<String> found) {
    return switch (aspect) {
      case ACQUISITIONS ->
          found.contains(ACQUIRE)
              ? Optional.empty()
              : Optional.of(
                  "the capture has no event "
                      + ACQUIRE
                      + ", which only kernels built with lockdep record");
      case CONTENTIONS -> {
        if (found.contains(CONTENDED)) {
          yield Optional.empty();
        }
        yield found.contains(CONTENTION_BEGIN)
            ? addresses.problem()
            : Optional.of("the capture has no event " + CONTENTION_BEGIN);
      }
    };
  }

  @Override
  void addCounts(EventMeter other) {
    LockCountMeter others = (LockCountMeter) other;
    byName.add(others.byName);
    byAddress.add(others.byAddress);
    addresses.add(others.addresses);
  }

  /** The counts of whichever way of recording saw more from one bin to another. */
  Bins counts(int fromBin, int toBin) {
    return byName.sum(fromBin, toBin) >= byAddress.sum(fromBin, toBin) ? byName : byAddress;
  }
}
