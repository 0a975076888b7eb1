package besser.kernel.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events ordered by time, equal times in the order in which they were added.
 *
 * <p>A 4-ary heap over one array of longs (time, then sequence number and payload slot): four
 * children share a cache line pair, and no object is allocated per event. Cancelled events leave
 * tombstones that are swept when they outnumber the living.
 *
 * @param <E> what happens at the event's time
 */
public final class EventQueue<E> {
  private static final int SLOT_BITS = 20;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int MIN_SWEEP = 64;

  // heap[2i] is a time in nanoseconds, heap[2i+1] is sequence << SLOT_BITS | slot.
  private long[] heap = new long[2 * 64];
  private int size;
  private long nextSequence;

  private @Nullable Object[] payloads = new @Nullable Object[64];
  private long[] ticketOfSlot = new long[64];
  private int[] freeSlots = new int[64];
  private int freeCount;
  private int slotsUsed;
  private int dead;

  /**
   * Adds an event.
   *
   * @return a ticket for {@link #cancel}
   */
  public long add(long timeNanos, E payload) {
    int slot = takeSlot();
    long ticket = nextSequence++ << SLOT_BITS | slot;
    payloads[slot] = payload;
    ticketOfSlot[slot] = ticket;
    if (2 * size == heap.length) heap = Arrays.copyOf(heap, 2 * heap.length);
    siftUp(size++, timeNanos, ticket);
    return ticket;
  }

  /** Cancels an event that has not happened; false when it has happened or was cancelled. */
  public boolean cancel(long ticket) {
    int slot = (int) ticket & SLOT_MASK;
    if (slot >= slotsUsed || ticketOfSlot[slot] != ticket) return false;
    freeSlot(slot);
    dead++;
    if (dead > MIN_SWEEP && 2 * dead > size) sweep();
    return true;
  }

  /** The number of events to come. */
  public int size() {
    return size - dead;
  }

  /** Whether no event is to come. */
  public boolean isEmpty() {
    return size == dead;
  }

  /** The time of the next event in nanoseconds, {@link Long#MAX_VALUE} when there is none. */
  public long nextTimeNanos() {
    if (dead != 0) dropDeadTop();
    return size == 0 ? Long.MAX_VALUE : heap[0];
  }

  /**
   * Takes the next event.
   *
   * @throws IllegalStateException when there is none
   */
  @SuppressWarnings("unchecked")
  public E poll() {
    if (dead != 0) dropDeadTop();
    if (size == 0) throw new IllegalStateException("the event queue is empty");
    int slot = (int) heap[1] & SLOT_MASK;
    Object payload = payloads[slot];
    freeSlot(slot);
    removeTop();
    // Only add() writes payloads, and a living slot has one.
    return (E) Objects.requireNonNull(payload);
  }

  private void dropDeadTop() {
    while (size > 0 && isDead(heap[1])) {
      removeTop();
      dead--;
    }
  }

  private boolean isDead(long ticket) {
    return ticketOfSlot[(int) ticket & SLOT_MASK] != ticket;
  }

  private void removeTop() {
    int last = --size;
    if (last > 0) siftDown(0, heap[2 * last], heap[2 * last + 1]);
  }

  private void siftUp(int start, long time, long ticket) {
    long[] h = heap;
    int i = start;
    while (i > 0) {
      int parent = (i - 1) >> 2;
      long parentTime = h[2 * parent];
      // A new event has the largest sequence number, so equal times never move it up; a sweep
      // rebuilds with siftDown only.
      if (parentTime <= time) break;
      h[2 * i] = parentTime;
      h[2 * i + 1] = h[2 * parent + 1];
      i = parent;
    }
    h[2 * i] = time;
    h[2 * i + 1] = ticket;
  }

  private void siftDown(int start, long time, long ticket) {
    long[] h = heap;
    int n = size;
    int i = start;
    while (true) {
      int child = 4 * i + 1;
      if (child >= n) break;
      int end = Math.min(child + 4, n);
      int least = child;
      long leastTime = h[2 * child];
      for (int c = child + 1; c < end; c++) {
        long t = h[2 * c];
        if (t < leastTime || (t == leastTime && h[2 * c + 1] < h[2 * least + 1])) {
          least = c;
          leastTime = t;
        }
      }
      if (time < leastTime || (time == leastTime && ticket < h[2 * least + 1])) break;
      h[2 * i] = leastTime;
      h[2 * i + 1] = h[2 * least + 1];
      i = least;
    }
    h[2 * i] = time;
    h[2 * i + 1] = ticket;
  }

  private void sweep() {
    int living = 0;
    for (int i = 0; i < size; i++) {
      if (isDead(heap[2 * i + 1])) continue;
      heap[2 * living] = heap[2 * i];
      heap[2 * living + 1] = heap[2 * i + 1];
      living++;
    }
    size = living;
    dead = 0;
    for (int i = (size - 2) >> 2; i >= 0; i--) siftDown(i, heap[2 * i], heap[2 * i + 1]);
  }

  private int takeSlot() {
    if (freeCount > 0) return freeSlots[--freeCount];
    if (slotsUsed > SLOT_MASK) {
      throw new IllegalStateException("at most " + (SLOT_MASK + 1) + " events can be in flight");
    }
    if (slotsUsed == payloads.length) {
      int capacity = 2 * slotsUsed;
      payloads = Arrays.copyOf(payloads, capacity);
      ticketOfSlot = Arrays.copyOf(ticketOfSlot, capacity);
      freeSlots = Arrays.copyOf(freeSlots, capacity);
    }
    return slotsUsed++;
  }

  private void freeSlot(int slot) {
    payloads[slot] = null;
    ticketOfSlot[slot] = -1;
    freeSlots[freeCount++] = slot;
  }
}
