package besser.trace.perf;

import java.util.Arrays;

/** Positions by id (of events, of tasks), without boxing: it is asked once per record. */
final class IdMap {
  static final int ABSENT = -1;

  private long[] keys = new long[16];
  private int[] values = absent(16);
  private int size;

  private static int[] absent(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, ABSENT);
    return slots;
  }

  void put(long key, int value) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slot(key);
    if (values[slot] == ABSENT) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  int get(long key) {
    return values[slot(key)];
  }

  /** Removes a key; the entries probed past it move up ({@code Knuth, TAOCP 6.4 R}). */
  void remove(long key) {
    int mask = keys.length - 1;
    int hole = slot(key);
    if (values[hole] == ABSENT) {
      return;
    }
    size--;
    values[hole] = ABSENT;
    for (int next = (hole + 1) & mask; values[next] != ABSENT; next = (next + 1) & mask) {
      int home = home(keys[next]);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        values[next] = ABSENT;
        hole = next;
      }
    }
  }

  private int home(long key) {
    return (int) ((key * 0x9e3779b97f4a7c15L) >>> 40) & (keys.length - 1);
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = home(key);
    while (values[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = absent(keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
