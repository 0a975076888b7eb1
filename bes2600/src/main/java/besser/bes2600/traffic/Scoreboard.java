package besser.bes2600.traffic;

import java.util.Arrays;

/**
 * The segments between the first unacknowledged one and the next to send, as RFC 6675 keeps them:
 * which were selectively acknowledged, which count as lost, which were sent again.
 *
 * <p>Segments are numbered from 0.
 */
final class Scoreboard {
  /** Segments above a hole that must be acknowledged before the hole counts as lost. */
  static final int DUPLICATE_THRESHOLD = 3;

  private static final byte SACKED = 1;
  private static final byte LOST = 2;
  private static final byte RETRANSMITTED = 4;

  private byte[] state = new byte[1024];
  private long[] sentNanos = new long[1024];
  private long una;
  private long next;
  private long highestSacked = -1;
  private int sacked;
  private int lost;
  private int lostPending;

  long una() {
    return una;
  }

  long next() {
    return next;
  }

  int outstanding() {
    return (int) (next - una);
  }

  /** Segments thought to be in the network: RFC 6675's pipe. */
  int pipe() {
    return outstanding() - sacked - lostPending;
  }

  boolean hasLost() {
    return lost > 0;
  }

  void sentNew(long nowNanos) {
    if (outstanding() + 1 >= state.length) enlarge();
    int slot = slot(next++);
    state[slot] = 0;
    sentNanos[slot] = nowNanos;
  }

  /** The lowest lost segment that was not sent again, or -1. */
  long nextLost() {
    if (lostPending == 0) return -1;
    for (long i = una; i < next; i++) {
      if ((state[slot(i)] & (LOST | RETRANSMITTED | SACKED)) == LOST) return i;
    }
    return -1;
  }

  void sentAgain(long segment, long nowNanos) {
    int slot = slot(segment);
    if ((state[slot] & (LOST | RETRANSMITTED)) == LOST) lostPending--;
    state[slot] |= RETRANSMITTED;
    sentNanos[slot] = nowNanos;
  }

  /** When a segment was sent, or -1 when it was sent twice and so tells nothing (Karn). */
  long sentOnceNanos(long segment) {
    int slot = slot(segment);
    return (state[slot] & RETRANSMITTED) != 0 ? -1 : sentNanos[slot];
  }

  /** Everything before {@code segment} has arrived. */
  void acknowledge(long segment) {
    while (una < segment) {
      int slot = slot(una++);
      forget(state[slot]);
    }
    if (highestSacked < una) highestSacked = -1;
  }

  private void forget(byte was) {
    if ((was & SACKED) != 0) sacked--;
    if ((was & LOST) != 0) {
      lost--;
      if ((was & RETRANSMITTED) == 0) lostPending--;
    }
  }

  /** Segments from {@code from} up to but without {@code to} have arrived; how many are news. */
  int sack(long from, long to) {
    int news = 0;
    for (long i = Math.max(from, una); i < Math.min(to, next); i++) {
      int slot = slot(i);
      if ((state[slot] & SACKED) != 0) continue;
      forget(state[slot]);
      state[slot] = (byte) ((state[slot] & ~LOST) | SACKED);
      sacked++;
      news++;
      highestSacked = Math.max(highestSacked, i);
    }
    return news;
  }

  /** Marks as lost what has enough acknowledged segments above it (RFC 6675, IsLost). */
  void markLost() {
    if (sacked < DUPLICATE_THRESHOLD) return;
    int above = 0;
    for (long i = highestSacked; i >= una; i--) {
      int slot = slot(i);
      byte was = state[slot];
      if ((was & SACKED) != 0) {
        above++;
      } else if (above >= DUPLICATE_THRESHOLD && (was & LOST) == 0) {
        markLost(slot);
      }
    }
  }

  /** The timer fired: everything not acknowledged counts as lost and not yet sent again. */
  void markAllLost() {
    lost = 0;
    lostPending = 0;
    for (long i = una; i < next; i++) {
      int slot = slot(i);
      if ((state[slot] & SACKED) != 0) continue;
      state[slot] = 0;
      markLost(slot);
    }
  }

  /** Only the first segment counts as lost: duplicate acknowledgements without SACK. */
  void markFirstLost() {
    int slot = slot(una);
    if (outstanding() > 0 && (state[slot] & (LOST | SACKED)) == 0) markLost(slot);
  }

  private void markLost(int slot) {
    state[slot] |= LOST;
    lost++;
    if ((state[slot] & RETRANSMITTED) == 0) lostPending++;
  }

  private int slot(long segment) {
    return (int) segment & (state.length - 1);
  }

  private void enlarge() {
    byte[] oldState = state;
    long[] oldSent = sentNanos;
    state = new byte[2 * oldState.length];
    sentNanos = Arrays.copyOf(sentNanos, 2 * oldSent.length);
    for (long i = una; i < next; i++) {
      int from = (int) i & (oldState.length - 1);
      state[slot(i)] = oldState[from];
      sentNanos[slot(i)] = oldSent[from];
    }
  }
}
