package besser.trace.perf;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import java.util.Arrays;

/**
 * Puts records into time order. perf reads the rings of all CPUs in turns and marks the end of each
 * turn ({@code FINISHED_ROUND}); nothing written behind the end of a round is older than what the
 * round before it held. So when a round ends, everything up to the newest time of the round before
 * can be handed out ({@code ordered_events} of the perf tool). Records of the same time keep the
 * order of the file.
 *
 * <p>Each ring's records are in order already, so sorting is a merge of few long runs.
 */
final class RecordQueue {
  /** Receives records by ascending time. */
  interface Receiver {
    void record(Bytes bytes, int at, int size, long fileOffset);
  }

  /** A file without rounds is sorted within a window of this size. */
  private static final int WINDOW_BYTES = 64 << 20;

  private static final int FIRST_BYTES = 1 << 18;
  private static final long NO_TIME = -1;

  private final Receiver receiver;
  private final String file;
  private final IssueCounts issues;
  private final Bytes bytes;
  private byte[] spare = new byte[FIRST_BYTES];
  private int used;
  private int count;
  private long[] times = new long[1024];
  private int[] places = new int[1024];
  private long[] fileOffsets = new long[1024];
  private long[] spareTimes = new long[0];
  private int[] sparePlaces = new int[0];
  private long[] spareOffsets = new long[0];
  private int[] order = new int[1024];
  private int[] merged = new int[1024];
  private int[] runs = new int[64];
  private int runCount;
  private long newest;
  private long newestOfRoundBefore;
  private long handedOut;

  RecordQueue(Receiver receiver, boolean bigEndian, String file, IssueCounts issues) {
    this.receiver = receiver;
    this.file = file;
    this.issues = issues;
    this.bytes = new Bytes(new byte[FIRST_BYTES], bigEndian);
  }

  /** Adds a copy of a record. Times are compared unsigned. */
  void add(long time, Bytes from, int at, int size, long fileOffset) {
    if (used + size > WINDOW_BYTES) {
      flushOlderHalf();
    }
    ensureBytes(size);
    System.arraycopy(from.array(), at, bytes.array(), used, size);
    note(time, used, fileOffset);
    used += size;
  }

  /**
   * Adds a copy of the samples that follow one another at {@code at}, as far as they are whole and
   * have a time: what {@link #add} would do one by one, in one loop.
   *
   * @param limit where the whole of {@code from} ends
   * @param timeOffset where in a sample its time is
   * @param leastBytes what a sample has at least; its time lies within
   * @return how many bytes were taken
   */
  int addSamples(Bytes from, int at, int limit, int timeOffset, int leastBytes, long fileOffset) {
    int end = Math.min(limit, at + WINDOW_BYTES - used);
    int next = at;
    while (next + leastBytes <= end && from.i32(next) == RecordType.SAMPLE) {
      int size = from.u16(next + 6);
      long time = from.i64(next + timeOffset);
      if (size < leastBytes || next + size > end || time == 0 || time == NO_TIME) {
        break;
      }
      note(time, used + next - at, fileOffset + next - at);
      next += size;
    }
    int taken = next - at;
    if (taken > 0) {
      ensureBytes(taken);
      System.arraycopy(from.array(), at, bytes.array(), used, taken);
      used += taken;
    }
    return taken;
  }

  private void note(long time, int place, long fileOffset) {
    if (count == times.length) {
      growIndex();
    }
    if (count == 0 || Long.compareUnsigned(time, times[count - 1]) < 0) {
      startRun();
    }
    times[count] = time;
    places[count] = place;
    fileOffsets[count] = fileOffset;
    count++;
    if (Long.compareUnsigned(time, newest) > 0) {
      newest = time;
    }
    if (Long.compareUnsigned(time, handedOut) < 0) {
      issues.add(Issue.TIME_BACKWARDS, file, fileOffset);
    }
  }

  private void startRun() {
    if (runCount == runs.length) {
      runs = Arrays.copyOf(runs, 2 * runCount);
    }
    runs[runCount++] = count;
  }

  private void ensureBytes(int size) {
    if (used + size > bytes.array().length) {
      int wanted = Math.max(used + size, Math.min(2 * used, WINDOW_BYTES));
      bytes.use(Arrays.copyOf(bytes.array(), wanted));
    }
  }

  private void growIndex() {
    times = Arrays.copyOf(times, 2 * count);
    places = Arrays.copyOf(places, 2 * count);
    fileOffsets = Arrays.copyOf(fileOffsets, 2 * count);
    order = new int[2 * count];
    merged = new int[2 * count];
  }

  /** The end of a round. */
  void finishRound() {
    flush(newestOfRoundBefore);
    newestOfRoundBefore = newest;
  }

  /** The end of the data. */
  void finish() {
    flush(-1L);
  }

  private void flushOlderHalf() {
    sort();
    flush(times[order[count / 2]]);
  }

  /** Hands out what is not newer than {@code limit}, and keeps the rest. */
  private void flush(long limit) {
    sort();
    int ready = 0;
    while (ready < count && Long.compareUnsigned(times[order[ready]], limit) <= 0) {
      int index = order[ready];
      int end = index + 1 < count ? places[index + 1] : used;
      receiver.record(bytes, places[index], end - places[index], fileOffsets[index]);
      ready++;
    }
    if (ready > 0) {
      handedOut = times[order[ready - 1]];
      keepFrom(ready);
    }
  }

  /** Moves what is left, sorted, to the front of the spare arrays, which become the current. */
  private void keepFrom(int first) {
    int kept = count - first;
    byte[] array = bytes.array();
    ensureSpareRoom(kept, array.length);
    int to = 0;
    for (int i = 0; i < kept; i++) {
      int index = order[first + i];
      int size = (index + 1 < count ? places[index + 1] : used) - places[index];
      System.arraycopy(array, places[index], spare, to, size);
      spareTimes[i] = times[index];
      spareOffsets[i] = fileOffsets[index];
      sparePlaces[i] = to;
      to += size;
    }
    if (kept > 0) {
      swapSpares(array);
    }
    used = to;
    count = kept;
    runCount = kept > 0 ? 1 : 0;
    runs[0] = 0;
  }

  private void ensureSpareRoom(int kept, int byteCount) {
    if (kept > 0 && spare.length < byteCount) {
      spare = new byte[byteCount];
    }
    if (kept > 0 && spareTimes.length < times.length) {
      spareTimes = new long[times.length];
      spareOffsets = new long[times.length];
      sparePlaces = new int[times.length];
    }
  }

  private void swapSpares(byte[] array) {
    bytes.use(spare);
    spare = array;
    long[] oldTimes = times;
    times = spareTimes;
    spareTimes = oldTimes;
    long[] oldOffsets = fileOffsets;
    fileOffsets = spareOffsets;
    spareOffsets = oldOffsets;
    int[] oldPlaces = places;
    places = sparePlaces;
    sparePlaces = oldPlaces;
  }

  /** Leaves in {@link #order} the records by time; equal times keep their order. */
  private void sort() {
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    int[] starts = Arrays.copyOf(runs, runCount);
    int left = runCount;
    while (left > 1) {
      int to = 0;
      for (int run = 0; run < left; run += 2) {
        int middle = run + 1 < left ? starts[run + 1] : count;
        int end = run + 2 < left ? starts[run + 2] : count;
        merge(starts[run], middle, end);
        starts[to++] = starts[run];
      }
      left = to;
      int[] swap = order;
      order = merged;
      merged = swap;
    }
  }

  private void merge(int from, int middle, int end) {
    int left = from;
    int right = middle;
    for (int i = from; i < end; i++) {
      boolean takeLeft =
          right == end
              || (left < middle
                  && Long.compareUnsigned(times[order[left]], times[order[right]]) <= 0);
      merged[i] = order[takeLeft ? left++ : right++];
    }
  }
}
