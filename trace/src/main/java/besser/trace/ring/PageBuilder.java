package besser.trace.ring;

import besser.trace.LostEvents;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Lays events out on ring-buffer pages as the kernel does: deltas of 27 bits, time extends for
 * longer ones, absolute time stamps where time goes backwards, and the count of lost events behind
 * the data of the page after the gap. For one CPU; used by one thread.
 */
public final class PageBuilder {
  private static final long DELTA_LIMIT = 1L << RecordType.DELTA_BITS;
  private static final long EXTEND_LIMIT = 1L << 59;

  private final PageLayout layout;
  private final PageSink sink;
  private final ByteBuffer page;
  private long stamp;
  private boolean started;
  private boolean lostAny;
  private long lost;

  public PageBuilder(PageLayout layout, PageSink sink) {
    this.layout = layout;
    this.sink = sink;
    this.page = ByteBuffer.allocate(layout.pageBytes()).order(layout.order());
  }

  /** The longest event a page holds, with a time extend and a count of lost events beside it. */
  public int eventBytesLimit() {
    return layout.dataBytes() - 8 - 8 - 8;
  }

  /**
   * Adds an event.
   *
   * @param atStamp its time stamp
   * @param payload holds its bytes from its position to its limit, which are consumed
   */
  public void event(long atStamp, ByteBuffer payload) throws IOException {
    int bytes = payload.remaining();
    if (bytes < 4 || bytes > eventBytesLimit()) {
      throw new IllegalArgumentException(
          "event must have from 4 to %d bytes, got %d".formatted(eventBytesLimit(), bytes));
    }
    int padded = (bytes + 3) & ~3;
    boolean small = padded <= 4 * RecordType.LARGEST_DATA;
    // a lost count may have to fit behind the data as well
    int needed = padded + (small ? 4 : 8) + 8 + (lostAny ? 8 : 0);
    if (started && page.remaining() < needed) {
      finishPage();
    }
    if (!started) {
      startPage(atStamp);
    }
    long delta = atStamp - stamp;
    if (delta < 0 || delta >= EXTEND_LIMIT) {
      putTime(RecordType.TIME_STAMP, atStamp & (EXTEND_LIMIT - 1));
      delta = 0;
    } else if (delta >= DELTA_LIMIT) {
      putTime(RecordType.TIME_EXTEND, delta);
      delta = 0;
    }
    stamp = atStamp;
    page.putInt(header(small ? padded / 4 : 0, (int) delta));
    if (!small) {
      page.putInt(padded + 4);
    }
    page.put(payload);
    for (int i = bytes; i < padded; i++) {
      page.put((byte) 0);
    }
  }

  /**
   * Notes that events were lost before the next one, which therefore starts a page.
   *
   * @param count how many, or {@link LostEvents#COUNT_UNKNOWN}
   */
  public void lost(long count) throws IOException {
    finishPage();
    boolean unknown = count < 0 || (lostAny && lost < 0);
    lost = unknown ? LostEvents.COUNT_UNKNOWN : lost + count;
    lostAny = true;
  }

  /** Hands out the page begun, if any. */
  public void finish() throws IOException {
    if (lostAny && !started) {
      startPage(stamp);
    }
    finishPage();
  }

  private void startPage(long atStamp) {
    page.clear();
    page.putLong(0, atStamp);
    page.position(layout.dataOffsetBytes());
    stamp = atStamp;
    started = true;
  }

  private void finishPage() throws IOException {
    if (!started) {
      return;
    }
    int used = page.position() - layout.dataOffsetBytes();
    long commit = used;
    if (lostAny) {
      commit |= CommitWord.MISSED;
      if (lost >= 0) {
        commit |= CommitWord.MISSED_STORED;
        putLong(page, lost);
      }
    }
    while (page.hasRemaining()) {
      page.put((byte) 0);
    }
    ByteBuffer commitAt = page.duplicate().order(page.order());
    putLong(commitAt.position(layout.commitOffsetBytes()), commit);
    lostAny = false;
    lost = 0;
    started = false;
    sink.page(page.rewind());
  }

  private void putLong(ByteBuffer at, long value) {
    if (layout.commitBytes() == 8) {
      at.putLong(value);
    } else {
      at.putInt((int) value);
    }
  }

  private void putTime(int type, long value) {
    page.putInt(header(type, (int) (value & (DELTA_LIMIT - 1))));
    page.putInt((int) (value >>> RecordType.DELTA_BITS));
  }

  private int header(int typeLength, int delta) {
    return layout.isBigEndian()
        ? typeLength << RecordType.DELTA_BITS | delta
        : delta << 5 | typeLength;
  }
}
