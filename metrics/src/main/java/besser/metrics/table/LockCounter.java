package besser.metrics.table;

import besser.metrics.match.AddressNames;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.LostEvents;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up the time threads wait for locks. Needs the events of all CPUs in time order, as a waiter
 * may sleep and wake elsewhere. Contention is rare beside other events, so an entry per wait is
 * affordable.
 */
public final class LockCounter implements EventSink {
  private final AddressNames names;
  private final Map<EventFormat, Optional<Fields>> fields = new HashMap<>();
  private final Map<Waiter, Long> since = new HashMap<>();
  private final Map<Long, Sum> sums = new HashMap<>();
  private final Map<Long, String> learned = new HashMap<>();

  // include/trace/events/lock.h
  private enum Flag {
    SPIN(1, "spin lock"),
    READ(2, "reading"),
    WRITE(4, "writing"),
    RT(8, "rt"),
    PERCPU(16, "per-cpu"),
    MUTEX(32, "mutex");

    private final int bit;
    private final String word;

    Flag(int bit, String word) {
      this.bit = bit;
      this.word = word;
    }
  }

  private enum Kind {
    BEGIN,
    END,
    ACQUIRE
  }

  private record Fields(Kind kind, Field address, Optional<Field> flags, Optional<Field> name) {}

  private record Waiter(long lockAddress, int pid, int idleCpu) {}

  private static final class Sum {
    private long flags;
    private long contentions;
    private long waitedNanos;
    private long longestNanos;
  }

  /** A counter that has seen nothing; locks are named by symbols and by lockdep. */
  public LockCounter(AddressNames names) {
    this.names = names;
  }

  @Override
  public void event(Event event) {
    Optional<Fields> concerned = fields.computeIfAbsent(event.format(), LockCounter::fieldsOf);
    if (concerned.isEmpty()) {
      return;
    }
    Fields read = concerned.get();
    long address = event.number(read.address());
    switch (read.kind()) {
      case BEGIN -> {
        since.put(waiter(event, address), event.timeNanos());
        Sum sum = sums.computeIfAbsent(address, lock -> new Sum());
        sum.contentions++;
        read.flags().ifPresent(flags -> sum.flags = event.number(flags));
      }
      case END -> {
        Long began = since.remove(waiter(event, address));
        Sum sum = sums.get(address);
        if (began != null && sum != null) {
          long waited = Math.max(0, event.timeNanos() - began);
          sum.waitedNanos += waited;
          sum.longestNanos = Math.max(sum.longestNanos, waited);
        }
      }
      case ACQUIRE -> {
        if (!learned.containsKey(address)) {
          read.name().ifPresent(name -> learned.put(address, event.text(name)));
        }
      }
    }
  }

  /** What is read of an event; nothing where a damaged format lacks it. */
  private static Optional<Fields> fieldsOf(EventFormat format) {
    Optional<Field> address = format.findField("lock_addr");
    Optional<Field> none = Optional.empty();
    return switch (format.qualifiedName()) {
      case "lock:contention_begin" ->
          address.map(field -> new Fields(Kind.BEGIN, field, format.findField("flags"), none));
      case "lock:contention_end" -> address.map(field -> new Fields(Kind.END, field, none, none));
      case "lock:lock_acquire" ->
          format
              .findField("lockdep_addr")
              .map(field -> new Fields(Kind.ACQUIRE, field, none, format.findField("name")));
      default -> Optional.empty();
    };
  }

  private static Waiter waiter(Event event, long address) {
    return new Waiter(address, event.pid(), event.pid() == 0 ? event.cpu() : -1);
  }

  @Override
  public void lost(LostEvents lost) {
    since.clear();
  }

  /** The table of what was counted so far. */
  public LockTable table() {
    Map<String, LockTable.Row> rows = new HashMap<>();
    sums.forEach(
        (address, sum) -> {
          LockTable.Row row =
              new LockTable.Row(
                  name(address),
                  kind(sum.flags),
                  sum.contentions,
                  sum.waitedNanos,
                  sum.longestNanos);
          rows.merge(row.lock(), row, LockCounter::join);
        });
    return new LockTable(
        rows.values().stream()
            .sorted(
                Comparator.comparingLong(LockTable.Row::waitedNanos)
                    .thenComparingLong(LockTable.Row::contentions)
                    .reversed()
                    .thenComparing(LockTable.Row::lock))
            .toList());
  }

  private static LockTable.Row join(LockTable.Row left, LockTable.Row right) {
    return new LockTable.Row(
        left.lock(),
        left.kind(),
        left.contentions() + right.contentions(),
        left.waitedNanos() + right.waitedNanos(),
        Math.max(left.longestNanos(), right.longestNanos()));
  }

  private String name(long address) {
    String known = learned.getOrDefault(address, "");
    String symbol = known.isEmpty() ? names.exactly(address) : known;
    return symbol.isEmpty() ? "0x" + Long.toHexString(address) : symbol;
  }

  private static String kind(long flags) {
    StringBuilder words = new StringBuilder();
    for (Flag flag : Flag.values()) {
      if ((flags & flag.bit) != 0) {
        words.append(words.isEmpty() ? "" : " ").append(flag.word);
      }
    }
    return words.isEmpty() ? "semaphore" : words.toString();
  }
}
