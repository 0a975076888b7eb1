package besser.check.race;

import java.util.Arrays;

/** How much of every thread's past is known: one counter per thread, 0 where nothing is known. */
final class VectorClock {
  private static final int[] NONE = {};

  private int[] clocks = NONE;

  int get(int thread) {
    return thread < clocks.length ? clocks[thread] : 0;
  }

  void set(int thread, int clock) {
    if (thread >= clocks.length) clocks = Arrays.copyOf(clocks, Math.max(thread + 1, 12));
    clocks[thread] = clock;
  }

  /** Learns all that another knows. */
  void join(VectorClock other) {
    int[] theirs = other.clocks;
    if (theirs.length > clocks.length) clocks = Arrays.copyOf(clocks, theirs.length);
    int[] ours = clocks;
    for (int i = 0; i < theirs.length; i++) {
      if (theirs[i] > ours[i]) ours[i] = theirs[i];
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(clocks);
  }
}
