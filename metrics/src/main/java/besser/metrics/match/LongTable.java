package besser.metrics.match;

import java.util.Arrays;

/**
 * Numbers by key: open addressing with linear probing, and deletion by shifting back (Knuth, TAOCP
 * volume 3, algorithm 6.4R), so nothing is allocated per entry and nothing left behind. Holds at
 * most {@link #LIMIT} entries; more are not taken.
 */
public final class LongTable {
  /** The most entries there can be. */
  public static final int LIMIT = 1 << 20;

  /** No value: what {@link #get} and {@link #remove} return for a key that is not there. */
  public static final long ABSENT = Long.MIN_VALUE;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[64];
  private long[] values = new long[64];
  private int size;

  /** An empty table. */
  public LongTable() {
    Arrays.fill(values, ABSENT);
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** Sets the value of a key; it must not be {@link #ABSENT}. */
  public void put(long key, long value) {
    int slot = slot(key);
    if (values[slot] == ABSENT) {
      if (size >= LIMIT) {
        return;
      }
      if (2 * (size + 1) > keys.length) {
        grow();
        slot = slot(key);
      }
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  /** The value of a key, or {@link #ABSENT}. */
  public long get(long key) {
    return values[slot(key)];
  }

  /** Removes a key and returns its value, or {@link #ABSENT}. */
  public long remove(long key) {
    int slot = slot(key);
    long value = values[slot];
    if (value != ABSENT) {
      free(slot);
      size--;
    }
    return value;
  }

  /** Removes all. */
  public void clear() {
    Arrays.fill(values, ABSENT);
    size = 0;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = home(key, mask);
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int home(long key, int mask) {
    return (int) ((key * GOLDEN) >>> 32) & mask;
  }

  private void free(int freed) {
    int mask = keys.length - 1;
    int hole = freed;
    for (int next = (hole + 1) & mask; values[next] != ABSENT; next = (next + 1) & mask) {
      int home = home(keys[next], mask);
      // an entry may move into the hole unless its home lies cyclically behind the hole
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        hole = next;
      }
    }
    values[hole] = ABSENT;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new long[keys.length];
    Arrays.fill(values, ABSENT);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
