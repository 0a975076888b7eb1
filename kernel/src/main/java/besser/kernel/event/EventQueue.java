package besser.kernel.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events ordered by time, equal times in the order in which they were added.
 *
 * <p>A 4-ary heap over arrays of longs: the times of four children share a cache line, and no
 * object is allocated per event. Most events bring the next one about: taking one leaves a hole at
 * the top that the next to be added falls into, which costs one walk down the heap, not two.
 * Cancelled events leave tombstones that are swept when they outnumber the living.
 *
 * @param <E> what happens at the event's time
 */
public final class EventQueue<E> {
  private static final int SLOT_BITS = 20;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int MIN_SWEEP = 64;

  private long[] times = new long[64];

  // Sequence number << SLOT_BITS | slot, so that they order what happens at the same time.
  private long[] tickets = new long[64];
  private int size;
  private boolean isTopVacant;

  /** Whether the top is known to hold the next event, if there is one. */
  private boolean isTopNext;

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
   * @param timeNanos at least 0
   * @return a ticket for {@link #cancel}
   */
  public long add(long timeNanos, E payload) {
    if (timeNanos < 0) throw new IllegalArgumentException("time must be >= 0, got " + timeNanos);
    int slot = takeSlot();
    long ticket = nextSequence++ << SLOT_BITS | slot;
    payloads[slot] = payload;
    ticketOfSlot[slot] = ticket;
    if (isTopVacant) {
      isTopVacant = false;
      isTopNext = false;
      siftDown(0, timeNanos, ticket);
    } else {
      if (size == times.length) grow();
      siftUp(size++, timeNanos, ticket);
    }
    return ticket;
  }

  private void grow() {
    times = Arrays.copyOf(times, 2 * size);
    tickets = Arrays.copyOf(tickets, 2 * size);
  }

  /** Cancels an event that has not happened; false when it has happened or was cancelled. */
  public boolean cancel(long ticket) {
    int slot = (int) ticket & SLOT_MASK;
    if (slot >= slotsUsed || ticketOfSlot[slot] != ticket) return false;
    freeSlot(slot);
    isTopNext = false;
    dead++;
    if (dead > MIN_SWEEP && 2 * dead > size) sweep();
    return true;
  }

  /** The number of events to come. */
  public int size() {
    return size - dead - (isTopVacant ? 1 : 0);
  }

  /** Whether no event is to come. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** The time of the next event in nanoseconds, {@link Long#MAX_VALUE} when there is none. */
  public long nextTimeNanos() {
    if (!isTopNext) settleTop();
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /**
   * Takes the next event.
   *
   * @throws IllegalStateException when there is none
   */
  @SuppressWarnings("unchecked")
  public E poll() {
    if (!isTopNext) settleTop();
    if (size == 0) throw new IllegalStateException("the event queue is empty");
    int slot = (int) tickets[0] & SLOT_MASK;
    Object payload = payloads[slot];
    freeSlot(slot);
    isTopVacant = true;
    isTopNext = false;
    // Only add() writes payloads, and a living slot has one.
    return (E) Objects.requireNonNull(payload);
  }

  private void settleTop() {
    if (isTopVacant) {
      isTopVacant = false;
      removeTop();
    }
    if (dead != 0) dropDeadTop();
    isTopNext = true;
  }

  private void dropDeadTop() {
    while (size > 0 && isDead(tickets[0])) {
      removeTop();
      dead--;
    }
  }

  private boolean isDead(long ticket) {
    return ticketOfSlot[(int) ticket & SLOT_MASK] != ticket;
  }

  private void removeTop() {
    int last = --size;
    if (last > 0) siftDown(0, times[last], tickets[last]);
  }

  private void siftUp(int start, long time, long ticket) {
    long[] t = times;
    long[] k = tickets;
    int i = start;
    while (i > 0) {
      int parent = (i - 1) >> 2;
      // A new event has the largest sequence number, so equal times never move it up; a sweep
      // rebuilds with siftDown only.
      if (t[parent] <= time) break;
      t[i] = t[parent];
      k[i] = k[parent];
      i = parent;
    }
    t[i] = time;
    k[i] = ticket;
  }

  private void siftDown(int start, long time, long ticket) {
    long[] t = times;
    long[] k = tickets;
    int n = size;
    int i = start;
    while (true) {
      int child = 4 * i + 1;
      if (child >= n) break;
      int least = child + 4 <= n ? leastOfFour(t, k, child) : leastOf(t, k, child, n);
      long leastTime = t[least];
      if (time < leastTime || (time == leastTime && ticket < k[least])) break;
      t[i] = leastTime;
      k[i] = k[least];
      i = least;
    }
    t[i] = time;
    k[i] = ticket;
  }

  private static int leastOfFour(long[] t, long[] k, int child) {
    return first(t, k, first(t, k, child, child + 1), first(t, k, child + 2, child + 3));
  }

  private static int leastOf(long[] t, long[] k, int from, int to) {
    int least = from;
    for (int i = from + 1; i < to; i++) least = first(t, k, least, i);
    return least;
  }

  /** Without a branch: which of two comes first is nothing that a processor could foretell. */
  private static int first(long[] t, long[] k, int a, int b) {
    long difference = t[b] - t[a];
    if (difference == 0) difference = k[b] - k[a];
    return a + ((b - a) & (int) (difference >> 63));
  }

  private void sweep() {
    settleTop();
    int living = 0;
    for (int i = 0; i < size; i++) {
      if (isDead(tickets[i])) continue;
      times[living] = times[i];
      tickets[living] = tickets[i];
      living++;
    }
    size = living;
    dead = 0;
    for (int i = (size - 2) >> 2; i >= 0; i--) siftDown(i, times[i], tickets[i]);
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
