package besser.check.strategy;

import java.util.Arrays;

/** A priority for each actor of a run. Runs have some dozens at most, so a scan is fastest. */
final class ActorTable {
  private int[] actors = new int[16];
  private long[] priorities = new long[16];
  private int size;

  /** The index of an actor; -1 when it has no priority yet. */
  int indexOf(int actor) {
    for (int i = 0; i < size; i++) {
      if (actors[i] == actor) return i;
    }
    return -1;
  }

  long priority(int index) {
    return priorities[index];
  }

  void set(int actor, long priority) {
    int index = indexOf(actor);
    if (index < 0) {
      if (size == actors.length) {
        actors = Arrays.copyOf(actors, 2 * size);
        priorities = Arrays.copyOf(priorities, 2 * size);
      }
      index = size++;
      actors[index] = actor;
    }
    priorities[index] = priority;
  }

  void remove(int actor) {
    int index = indexOf(actor);
    if (index < 0) return;
    size--;
    actors[index] = actors[size];
    priorities[index] = priorities[size];
  }
}
