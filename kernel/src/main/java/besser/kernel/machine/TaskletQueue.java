package besser.kernel.machine;

import org.jspecify.annotations.Nullable;

/** {@code tasklet_vec}: a singly linked list of one CPU. */
final class TaskletQueue {
  private @Nullable SimTasklet head;
  private @Nullable SimTasklet tail;

  boolean isEmpty() {
    return head == null;
  }

  void add(SimTasklet tasklet) {
    tasklet.next = null;
    SimTasklet last = tail;
    if (last == null) {
      head = tasklet;
    } else {
      last.next = tasklet;
    }
    tail = tasklet;
  }

  /** Empties it, and gives what was in it as a list by {@code next}. */
  @Nullable SimTasklet takeAll() {
    SimTasklet all = head;
    head = null;
    tail = null;
    return all;
  }
}
