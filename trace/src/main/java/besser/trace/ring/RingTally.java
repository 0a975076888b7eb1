package besser.trace.ring;

import besser.trace.CountingSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts the events of pages by type, in one loop over a page: little is to be compiled, and it
 * runs at the speed of memory then. It handles plain data records and time extends; it stops before
 * any other record, and before damage, which are the cursor's.
 */
final class RingTally {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int IDS = 1 << 16;

  private final RingFormats formats;
  private final boolean[] known = new boolean[IDS];
  private final long[] counts = new long[IDS];
  private boolean any;
  private long stamp;
  private long firstStamp;
  private long lastStamp;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;

  RingTally(RingFormats formats) {
    this.formats = formats;
    for (int id = 0; id < IDS; id++) {
      known[id] = formats.find(id) != formats.none();
    }
  }

  /** Whether pages of this layout can be counted so. */
  static boolean fits(RingFormats formats, PageLayout layout) {
    return !layout.isBigEndian() && formats.typeOffset() == 0 && formats.typeBytes() == 2;
  }

  /**
   * Counts records from {@code next} on.
   *
   * @param stampBefore the time of the record before
   * @return where the first record is that was not dealt with
   */
  int count(byte[] page, int next, int end, long stampBefore, TimeConversion time) {
    stamp = stampBefore;
    any = false;
    int behind = countRecords(page, next, end - 2 * Integer.BYTES, end);
    if (any) {
      firstNanos = Math.min(firstNanos, time.nanos(firstStamp));
      lastNanos = Math.max(lastNanos, time.nanos(lastStamp));
    }
    return behind;
  }

  /** The time of the last record dealt with. */
  long stamp() {
    return stamp;
  }

  /** The shortest record has two words: its header, and an event's type and flags. */
  private int countRecords(byte[] page, int from, int lastStart, int end) {
    int at = from;
    long now = stamp;
    while (at <= lastStart) {
      long words = (long) WORDS.get(page, at);
      int typeLength = (int) words & 31;
      int delta = (int) words >>> 5;
      if (typeLength == RecordType.TIME_EXTEND) {
        now += (words >>> 32 << RecordType.DELTA_BITS) + delta;
        at += 2 * Integer.BYTES;
        continue;
      }
      int id = (int) (words >>> 32) & 0xffff;
      int behind = at + Integer.BYTES + typeLength * Integer.BYTES;
      boolean plain = typeLength != 0 && typeLength <= RecordType.LARGEST_DATA;
      if (!plain || behind > end || !known[id]) {
        break;
      }
      counts[id]++;
      now += delta;
      lastStamp = now;
      if (!any) {
        firstStamp = now;
        any = true;
      }
      at = behind;
    }
    stamp = now;
    return at;
  }

  /** Hands over what was counted. */
  void deliverTo(CountingSink sink, int cpu) {
    for (int id = 0; id < IDS; id++) {
      if (counts[id] != 0) {
        sink.events(formats.find(id), cpu, counts[id]);
      }
    }
    if (firstNanos <= lastNanos) {
      sink.between(firstNanos, lastNanos);
    }
  }
}
