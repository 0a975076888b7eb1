package besser.check.race;

import besser.kernel.observe.CallNode;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Variable.Access;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The accesses of one sort to one variable that may still race: the last of each thread. As long as
 * each access is ordered after the one before, that is a single one (FastTrack's epoch).
 */
final class AccessHistory {
  /** One access, kept for the report. */
  static final class Entry {
    final ThreadState thread;
    int clock;
    Access access = Access.READ;
    CallNode stack;
    LockView[] held;

    Entry(ThreadState thread, CallNode stack, LockView[] held) {
      this.thread = thread;
      this.stack = stack;
      this.held = held;
    }
  }

  private @Nullable Entry[] entries = new @Nullable Entry[2];
  private int size;

  /** The first access in here that is not ordered before what {@code by} does now. */
  @Nullable Entry unorderedWith(ThreadState by) {
    for (int i = 0; i < size; i++) {
      Entry entry = entries[i];
      if (entry != null && entry.thread != by && entry.clock > by.clock.get(entry.thread.id)) {
        return entry;
      }
    }
    return null;
  }

  /** Adds an access, and forgets those that are ordered before it. */
  void add(ThreadState by, Access access) {
    Entry own = null;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      Entry entry = entries[i];
      if (entry == null) continue;
      if (entry.thread == by) {
        own = entry;
      } else if (entry.clock > by.clock.get(entry.thread.id)) {
        entries[kept++] = entry;
      }
    }
    if (own == null) own = new Entry(by, by.context.stack(), by.held);
    if (kept == entries.length) entries = Arrays.copyOf(entries, 2 * kept);
    own.clock = by.now();
    own.access = access;
    own.stack = by.context.stack();
    own.held = by.held;
    entries[kept++] = own;
    for (int i = kept; i < size; i++) entries[i] = null;
    size = kept;
  }
}
