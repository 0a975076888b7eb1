package besser.kernel.machine;

import org.jspecify.annotations.Nullable;

/** Work items in order, linked through themselves: one is in at most one list. */
final class WorkList {
  private @Nullable SimWork head;
  private @Nullable SimWork tail;

  boolean isEmpty() {
    return head == null;
  }

  void add(SimWork work) {
    work.list = this;
    work.next = null;
    SimWork last = tail;
    if (last == null) {
      head = work;
    } else {
      last.next = work;
    }
    tail = work;
  }

  @Nullable SimWork poll() {
    SimWork first = head;
    if (first != null) remove(first);
    return first;
  }

  void remove(SimWork work) {
    SimWork previous = null;
    SimWork at = head;
    while (at != null && at != work) {
      previous = at;
      at = at.next;
    }
    if (at == null) throw new IllegalStateException(work + " is not in the list");
    if (previous == null) {
      head = work.next;
    } else {
      previous.next = work.next;
    }
    if (tail == work) tail = previous;
    work.next = null;
    work.list = null;
  }

  /** The first item that belongs to a queue; null when there is none. */
  @Nullable SimWork firstOf(SimWorkqueue queue) {
    for (SimWork work = head; work != null; work = work.next) {
      if (work.pwq != null && work.pwq.queue == queue) return work;
    }
    return null;
  }
}
