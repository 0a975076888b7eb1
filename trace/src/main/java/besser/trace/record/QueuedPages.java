package besser.trace.record;

import besser.trace.ring.PageStream;
import besser.trace.ring.RingContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;

/** Copies of pages between the one who reads them and the one who takes their events. */
final class QueuedPages implements PageStream {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final ArrayDeque<MemorySegment> waiting = new ArrayDeque<>();
  private final ArrayDeque<MemorySegment> unused = new ArrayDeque<>();
  private MemorySegment current = MemorySegment.NULL;
  private long newestStamp = Long.MIN_VALUE;
  private long position;

  void add(MemorySegment page) {
    MemorySegment free = unused.poll();
    MemorySegment copy =
        free != null && free.byteSize() == page.byteSize()
            ? free
            : MemorySegment.ofArray(new long[Math.toIntExact(page.byteSize() / 8)]);
    copy.copyFrom(page);
    waiting.add(copy);
    // a page begins with the time of its first event
    newestStamp = page.get(LONG, 0);
  }

  /** When the newest page added begins; nothing before when there was none. */
  long newestStampNanos(RingContext context) {
    return newestStamp == Long.MIN_VALUE ? newestStamp : context.time().nanos(newestStamp);
  }

  @Override
  public boolean next() {
    MemorySegment page = waiting.poll();
    if (page == null) {
      return false;
    }
    if (current.byteSize() > 0) {
      unused.add(current);
    }
    position += current.byteSize();
    current = page;
    return true;
  }

  @Override
  public MemorySegment segment() {
    return current;
  }

  @Override
  public long startBytes() {
    return 0;
  }

  @Override
  public int lengthBytes() {
    return (int) current.byteSize();
  }

  @Override
  public long fileOffset() {
    return position;
  }

  @Override
  public void close() {
    waiting.clear();
    unused.clear();
  }
}
