package besser.rig.traffic;

/**
 * Which numbers have come, within the last 2^20: enough for any reordering that happens, in memory
 * that does not grow. A number older than that counts as a duplicate.
 */
final class SequenceWindow {
  private static final int SIZE = 1 << 20;

  private final long[] bits = new long[SIZE / 64];
  private long next;
  private long distinct;
  private long reordered;
  private long duplicated;

  /** Notes a number; whether it had not come before. */
  boolean add(long sequence) {
    if (sequence < 0) throw new IllegalArgumentException("number must be >= 0, got " + sequence);
    boolean fresh = sequence >= next ? advance(sequence) : late(sequence);
    if (fresh) distinct++;
    return fresh;
  }

  private boolean advance(long sequence) {
    long from = Math.max(next, sequence - SIZE + 1);
    for (long n = from; n <= sequence; n++) clear(n);
    set(sequence);
    next = sequence + 1;
    return true;
  }

  private boolean late(long sequence) {
    if (sequence < next - SIZE || isSet(sequence)) {
      duplicated++;
      return false;
    }
    set(sequence);
    reordered++;
    return true;
  }

  /** One more than the largest that came. */
  long next() {
    return next;
  }

  long distinct() {
    return distinct;
  }

  long reordered() {
    return reordered;
  }

  long duplicated() {
    return duplicated;
  }

  private boolean isSet(long n) {
    return (bits[word(n)] & 1L << n) != 0;
  }

  private void set(long n) {
    bits[word(n)] |= 1L << n;
  }

  private void clear(long n) {
    bits[word(n)] &= ~(1L << n);
  }

  private static int word(long n) {
    return (int) (n % SIZE) / 64;
  }
}
