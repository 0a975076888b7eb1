package besser.kernel.inet;

/**
 * The ranges above the acknowledged sequence number that have arrived, the most recent first (RFC
 * 2018 section 4), and one duplicate range to report (RFC 2883).
 */
final class SackBlocks {
  private static final int KEPT = 4;

  private final int[] start = new int[KEPT];
  private final int[] end = new int[KEPT];
  private int count;
  private boolean hasDuplicate;
  private int duplicateStart;
  private int duplicateEnd;

  /** A range arrived out of order. */
  void add(int from, int to) {
    int low = from;
    int high = to;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      boolean apart = TcpHeader.before(high, start[i]) || TcpHeader.before(end[i], low);
      if (apart) {
        start[kept] = start[i];
        end[kept] = end[i];
        kept++;
      } else {
        if (TcpHeader.before(start[i], low)) low = start[i];
        if (TcpHeader.before(high, end[i])) high = end[i];
      }
    }
    count = Math.min(kept, KEPT - 1);
    System.arraycopy(start, 0, start, 1, count);
    System.arraycopy(end, 0, end, 1, count);
    start[0] = low;
    end[0] = high;
    count++;
  }

  /** Everything before {@code next} is acknowledged now. */
  void acknowledged(int next) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (TcpHeader.before(next, start[i])) {
        start[kept] = start[i];
        end[kept] = end[i];
        kept++;
      }
    }
    count = kept;
  }

  /** A range arrived twice; told once. */
  void duplicate(int from, int to) {
    hasDuplicate = true;
    duplicateStart = from;
    duplicateEnd = to;
  }

  void clear() {
    count = 0;
    hasDuplicate = false;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Adds to a header what there is to tell, and forgets the duplicate. */
  void tell(TcpHeader header) {
    int room = TcpHeader.MAX_SACK_BLOCKS;
    if (hasDuplicate) {
      header.sack(duplicateStart, duplicateEnd);
      hasDuplicate = false;
      room--;
    }
    for (int i = 0; i < Math.min(count, room); i++) header.sack(start[i], end[i]);
  }
}
