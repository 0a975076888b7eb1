package besser.bes2600.driver;

import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The three lists of power busy events in bes_pwr.c. Every method is called with {@code pwr_lock}
 * held.
 *
 * <p>Each change of a list is followed by {@code bes2600_dump_power_busy_event}, which allocates,
 * zeroes, fills and frees 12288 bytes although its output is compiled out.
 */
final class PwrEvents {
  private static final KernelFunction DUMP =
      KernelFunction.of("bes2600", "bes2600_dump_power_busy_event");
  private static final KernelFunction UPDATE =
      KernelFunction.of("bes2600", "bes2600_update_power_delay_events");
  private static final KernelFunction ADD =
      KernelFunction.of("bes2600", "bes2600_add_power_delay_event");
  private static final KernelFunction DELETE =
      KernelFunction.of("bes2600", "bes2600_del_pending_event");

  /** Bytes of the dump's buffer: three parts of 4096. */
  private static final int DUMP_BYTES = 12288;

  /** {@code BES2600_POWER_DOWN_DELAY}, added to each timeout. */
  static final int POWER_DOWN_DELAY_MILLIS = 50;

  private final Kernel kernel;
  private final List<Entry> async = new ArrayList<>();
  private final List<Entry> pending = new ArrayList<>();
  private final List<Entry> free = new ArrayList<>();
  private long maxTimeout;

  private static final class Entry {
    PwrEvent event = PwrEvent.SCAN;
    boolean constant;
    long timeoutJiffies;
    int delayMillis;
  }

  PwrEvents(Kernel kernel) {
    this.kernel = kernel;
    for (int i = 0; i < PwrEvent.ENTRIES; i++) free.add(new Entry());
  }

  /** Latest timeout that the last {@link #update} found, in jiffies; 0 for none. */
  long maxTimeoutJiffies() {
    return maxTimeout;
  }

  /** {@code bes2600_update_power_delay_events}: whether a constant event is pending. */
  boolean update() {
    try (var _ = kernel.enter(UPDATE)) {
      while (!async.isEmpty()) {
        Entry entry = async.removeFirst();
        add(entry.event, false, entry.delayMillis);
        free.add(entry);
      }
      maxTimeout = 0;
      boolean constant = false;
      long now = kernel.clock().jiffies();
      for (int i = 0; i < pending.size(); ) {
        Entry entry = pending.get(i);
        if (entry.constant) {
          constant = true;
          i++;
        } else if (now > entry.timeoutJiffies) {
          free.add(pending.remove(i));
        } else {
          maxTimeout = Math.max(maxTimeout, entry.timeoutJiffies);
          i++;
        }
      }
      dump();
      return constant;
    }
  }

  /** {@code bes2600_add_power_delay_event}: only a new entry is followed by a dump. */
  void add(PwrEvent event, boolean constant, int timeoutMillis) {
    try (var _ = kernel.enter(ADD)) {
      long expires =
          kernel.clock().jiffies()
              + (long) (timeoutMillis + POWER_DOWN_DELAY_MILLIS) * kernel.clock().hz() / 1000;
      int at = find(pending, event, constant);
      if (at >= 0) {
        pending.get(at).timeoutJiffies = expires;
        return;
      }
      Entry entry = takeFree();
      entry.event = event;
      entry.constant = constant;
      entry.timeoutJiffies = expires;
      pending.add(entry);
      dump();
    }
  }

  /** {@code bes2600_add_async_timeout_power_delay_event}: for while the mode changes. */
  void addAsync(PwrEvent event, int timeoutMillis) {
    int at = find(async, event, false);
    if (at >= 0) {
      async.get(at).delayMillis = timeoutMillis;
      return;
    }
    Entry entry = takeFree();
    entry.event = event;
    entry.constant = false;
    entry.delayMillis = timeoutMillis;
    async.add(entry);
  }

  private Entry takeFree() {
    if (free.isEmpty()) update();
    if (free.isEmpty()) kernel.bug("bes2600_add_power_delay_event");
    return free.removeFirst();
  }

  /** {@code bes2600_del_pending_event}: dumps whether or not there was one. */
  boolean delete(PwrEvent event) {
    try (var _ = kernel.enter(DELETE)) {
      int at = find(pending, event, true);
      if (at >= 0) free.add(pending.remove(at));
      dump();
      return at >= 0;
    }
  }

  /** {@code bes2600_flush_pending_events}. */
  void flush() {
    free.addAll(pending);
    pending.clear();
    dump();
  }

  private static int find(List<Entry> list, PwrEvent event, boolean constant) {
    for (int i = 0; i < list.size(); i++) {
      Entry entry = list.get(i);
      if (entry.event == event && entry.constant == constant) return i;
    }
    return -1;
  }

  private void dump() {
    try (var _ = kernel.enter(DUMP)) {
      Optional<Allocation> buffer =
          kernel.memory().kzalloc("bes2600_dump_power_busy_event", DUMP_BYTES, Gfp.ATOMIC);
      if (buffer.isEmpty()) {
        kernel.printk(LogLevel.ERR, "bes2600_dump_power_busy_event alloc fail");
        return;
      }
      kernel.memory().free(buffer.get());
    }
  }
}
