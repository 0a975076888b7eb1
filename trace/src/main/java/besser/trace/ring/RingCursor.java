package besser.trace.ring;

import besser.trace.CountingSink;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.Issue;
import besser.trace.LostEvents;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the events of one CPU's pages. The cursor itself is the {@link Event}; advancing it
 * and reading numbers allocates nothing. Used by one thread.
 *
 * <p>The record layout is that of {@code include/linux/ring_buffer.h}: a 32-bit word of 5 bits
 * type_len and 27 bits time delta, then the data.
 */
public final class RingCursor implements Event {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** rb_fix_abs_ts: an absolute time stamp record lacks the five uppermost bits. */
  private static final long STAMP_UPPER_BITS = 0xf8L << 56;

  private final PageStream pages;
  private final PageLayout layout;
  private final boolean bigEndian;
  private final RingFormats formats;
  private final RingContext context;
  private final int cpu;

  // A copy of the current page: an array is read faster than mapped memory, most of all before the
  // JVM has compiled the reading. Places are offsets in it.
  private final byte[] page;
  private boolean anyPage;
  private int next;
  private int end;
  private long stamp;
  private int data;
  private int size;
  private EventFormat format;
  private long lostCount;

  /**
   * @param pages the CPU's pages; closed by the caller
   * @param cpu the CPU they belong to
   */
  public RingCursor(PageStream pages, int cpu, RingContext context) {
    this.pages = pages;
    this.layout = context.layout();
    this.bigEndian = layout.isBigEndian();
    this.formats = new RingFormats(context.catalogue());
    this.context = context;
    this.cpu = cpu;
    this.page = new byte[layout.pageBytes()];
    this.format = formats.unknown(0);
  }

  /** Goes to the next event; false when the stream has ended. */
  public boolean advance() {
    lostCount = 0;
    while (true) {
      while (next >= end) {
        if (!loadPage()) {
          return false;
        }
      }
      if (step()) {
        return true;
      }
    }
  }

  /**
   * How many events were lost directly before this one: 0 for none, {@link
   * LostEvents#COUNT_UNKNOWN} when the kernel could not say.
   */
  public long lostBefore() {
    return lostCount;
  }

  /** Hands the current event, and the gap before it, to a sink. */
  public void deliverTo(EventSink sink) {
    if (lostCount != 0) {
      sink.lost(new LostEvents(cpu, timeNanos(), lostCount));
    }
    sink.event(this);
  }

  /** Reads to the end. */
  public void drainTo(EventSink sink) {
    while (advance()) {
      deliverTo(sink);
    }
    deliverLossAtEnd(sink);
  }

  /** Reads to the end for a sink that needs counts; what cannot be counted comes as events. */
  void countTo(CountingSink sink) {
    if (!RingTally.fits(formats, layout)) {
      drainTo(sink);
      return;
    }
    RingTally tally = new RingTally(formats);
    lostCount = 0;
    while (next < end || loadPage()) {
      if (lostCount == 0 && next < end) {
        next = tally.count(page, next, end, stamp, context.time());
        stamp = tally.stamp();
      }
      if (next < end && step()) {
        deliverTo(sink);
        lostCount = 0;
      }
    }
    tally.deliverTo(sink, cpu);
    deliverLossAtEnd(sink);
  }

  /** Reports a gap behind the last event; to be called when {@link #advance} has said false. */
  public void deliverLossAtEnd(EventSink sink) {
    if (lostCount != 0) {
      sink.lost(new LostEvents(cpu, timeNanos(), lostCount));
    }
  }

  private boolean loadPage() {
    if (!pages.next()) {
      return false;
    }
    int length = pages.lengthBytes();
    MemorySegment.copy(pages.segment(), ValueLayout.JAVA_BYTE, pages.startBytes(), page, 0, length);
    end = 0;
    next = 0;
    if (length < layout.pageBytes()) {
      context.issues().add(Issue.TRUNCATED_DATA, context.name(), pages.fileOffset());
    }
    if (length < layout.dataOffsetBytes()) {
      return true;
    }
    long pageStamp = int64(0);
    if (anyPage && pageStamp < stamp) {
      context.issues().add(Issue.TIME_BACKWARDS, context.name(), pages.fileOffset());
    }
    anyPage = true;
    stamp = pageStamp;
    int commitAt = layout.commitOffsetBytes();
    long commit = layout.commitBytes() == 8 ? int64(commitAt) : int32(commitAt) & 0xffff_ffffL;
    next = layout.dataOffsetBytes();
    long behind = next + CommitWord.dataBytes(commit);
    noteMissed(commit, behind, length);
    end = (int) Math.min(behind, length);
    if (behind > length) {
      if (length == layout.pageBytes()) {
        context.issues().add(Issue.DAMAGED_PAGE, context.name(), pages.fileOffset());
      }
    }
    return true;
  }

  private void noteMissed(long commit, long behind, int length) {
    if (!CommitWord.isMissed(commit)) {
      return;
    }
    int bytes = layout.commitBytes();
    if (CommitWord.isMissedCountStored(commit) && behind + bytes <= length) {
      int at = (int) behind;
      addLost(bytes == 8 ? int64(at) : int32(at) & 0xffff_ffffL);
    } else {
      addLost(LostEvents.COUNT_UNKNOWN);
    }
  }

  private void addLost(long count) {
    if (lostCount == LostEvents.COUNT_UNKNOWN || count < 0) {
      lostCount = LostEvents.COUNT_UNKNOWN;
    } else {
      lostCount += count;
    }
  }

  /** Reads one record; true when it was an event. */
  private boolean step() {
    int at = next;
    if (at + 4 > end) {
      return damaged();
    }
    int header = int32(at);
    int typeLength = bigEndian ? header >>> 27 : header & 31;
    int delta = bigEndian ? header & 0x7ff_ffff : header >>> 5;
    if (typeLength == 0 || typeLength > RecordType.LARGEST_DATA) {
      return special(at, typeLength, delta);
    }
    return take(at + 4, typeLength << 2, delta);
  }

  private boolean take(int dataAt, long bytes, int delta) {
    if (bytes < 4 || dataAt + bytes > end) {
      return damaged();
    }
    stamp += delta;
    data = dataAt;
    size = (int) bytes;
    next = dataAt + (int) bytes;
    int id = (int) unsigned(dataAt + formats.typeOffset(), formats.typeBytes());
    EventFormat known = formats.find(id);
    if (known == formats.none()) {
      context.issues().add(Issue.UNKNOWN_EVENT, context.name(), fileOffsetOf(dataAt));
      known = formats.unknown(id);
    }
    format = known;
    return true;
  }

  private boolean special(int at, int typeLength, int delta) {
    if (at + 8 > end) {
      // a page may end in a padding record of one word
      if (typeLength == RecordType.PADDING) {
        next = end;
        return false;
      }
      return damaged();
    }
    long word = int32(at + 4) & 0xffff_ffffL;
    return switch (typeLength) {
      case RecordType.PADDING -> skipPadding(at + 4 + word, delta);
      case RecordType.TIME_EXTEND -> {
        stamp += (word << RecordType.DELTA_BITS) + delta;
        next = at + 8;
        yield false;
      }
      case RecordType.TIME_STAMP -> {
        setAbsolute((word << RecordType.DELTA_BITS) | delta);
        next = at + 8;
        yield false;
      }
      // type_len 0: the word is the length of itself and the data
      default -> take(at + 8, (word - 4 + 3) & ~3L, delta);
    };
  }

  /** Padding is a discarded event, whose delta counts (check_buffer), or the page's unused rest. */
  private boolean skipPadding(long behind, int delta) {
    stamp += delta;
    if (behind > end && delta != 0) {
      return damaged();
    }
    next = (int) Math.min(behind, end);
    return false;
  }

  private void setAbsolute(long recorded) {
    long fixed = recorded;
    long upper = stamp & STAMP_UPPER_BITS;
    if (upper != 0) {
      fixed |= upper;
      if (Long.compareUnsigned(fixed, stamp) < 0 && (stamp - fixed) > (1L << 58)) {
        fixed += 1L << 59;
      }
    }
    if (fixed < stamp) {
      context.issues().add(Issue.TIME_BACKWARDS, context.name(), pages.fileOffset());
    }
    stamp = fixed;
  }

  private boolean damaged() {
    context.issues().add(Issue.DAMAGED_PAGE, context.name(), fileOffsetOf(next));
    next = end;
    return false;
  }

  private long fileOffsetOf(int at) {
    return pages.fileOffset() + at;
  }

  @Override
  public EventFormat format() {
    return format;
  }

  @Override
  public long timeNanos() {
    return context.time().nanos(stamp);
  }

  @Override
  public int cpu() {
    return cpu;
  }

  @Override
  public int pid() {
    int at = formats.pidOffset();
    return at + 4 <= size ? int32(data + at) : 0;
  }

  @Override
  public String comm() {
    return context.taskNames().name(pid());
  }

  @Override
  public int sizeBytes() {
    return size;
  }

  @Override
  public long number(Field field) {
    int at = field.offsetBytes();
    if (field.kind() == Field.Kind.NUMBER || field.kind().isDynamic()) {
      if (at + field.sizeBytes() > size) {
        context.issues().add(Issue.SHORT_EVENT, context.name(), fileOffsetOf(data));
        return 0;
      }
      return integer(data + at, field.sizeBytes(), field.signed());
    }
    if (field.kind() == Field.Kind.BITFIELD) {
      return at + field.sizeBytes() > size ? 0 : bits(field);
    }
    return length(field) > 0 ? element(field, 0) : 0;
  }

  private long bits(Field field) {
    long whole = unsigned(data + field.offsetBytes(), field.sizeBytes());
    int width = field.bitWidth();
    int unused = 64 - width;
    long left = bigEndian ? whole << (64 - 8 * field.sizeBytes()) : whole << unused;
    return field.signed() ? left >> unused : left >>> unused;
  }

  @Override
  public String text(Field field) {
    if (!locate(field)) {
      return "";
    }
    int from = data + locatedAt;
    int length = 0;
    while (length < locatedBytes && page[from + length] != 0) {
      length++;
    }
    return new String(page, from, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int length(Field field) {
    return locate(field) ? locatedBytes / field.elementBytes() : 0;
  }

  @Override
  public long element(Field field, int index) {
    int count = length(field);
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "element %d of %s, which has %d".formatted(index, field.name(), count));
    }
    int at = data + locatedAt + index * field.elementBytes();
    return integer(at, field.elementBytes(), field.signed());
  }

  private int locatedAt;
  private int locatedBytes;

  /** Finds a field's content relative to the event's start; false when it has none. */
  private boolean locate(Field field) {
    int at = field.offsetBytes();
    if (!field.kind().isDynamic()) {
      int bytes = field.sizeBytes() == 0 ? size - at : field.sizeBytes();
      if (bytes < 0 || at + bytes > size) {
        context.issues().add(Issue.SHORT_EVENT, context.name(), fileOffsetOf(data));
        return false;
      }
      locatedAt = at;
      locatedBytes = bytes;
      return true;
    }
    if (at + field.sizeBytes() > size) {
      context.issues().add(Issue.SHORT_EVENT, context.name(), fileOffsetOf(data));
      return false;
    }
    long word = unsigned(data + at, field.sizeBytes());
    int from = (int) (word & 0xffff);
    // before 2.6.30 the word had 16 bits: an offset, and the content ran to the event's end
    int bytes = field.sizeBytes() == 2 ? size - from : (int) (word >>> 16 & 0xffff);
    if (field.kind() == Field.Kind.RELATIVE_TEXT || field.kind() == Field.Kind.RELATIVE_ARRAY) {
      from += at + field.sizeBytes();
    }
    if (bytes < 0 || from + bytes > size) {
      context.issues().add(Issue.DYNAMIC_FIELD_OUT_OF_BOUNDS, context.name(), fileOffsetOf(data));
      return false;
    }
    locatedAt = from;
    locatedBytes = bytes;
    return true;
  }

  private long integer(int at, int bytes, boolean signed) {
    long value = unsigned(at, bytes);
    if (!signed || bytes >= 8) {
      return value;
    }
    int unused = 64 - 8 * bytes;
    return value << unused >> unused;
  }

  private long unsigned(int at, int bytes) {
    return switch (bytes) {
      case 1 -> page[at] & 0xffL;
      case 2 -> int16(at) & 0xffffL;
      case 4 -> int32(at) & 0xffff_ffffL;
      case 8 -> int64(at);
      default -> oddSized(at, bytes);
    };
  }

  private long oddSized(int at, int bytes) {
    long value = 0;
    for (int i = 0; i < Math.min(bytes, 8); i++) {
      long one = page[at + i] & 0xffL;
      value = bigEndian ? value << 8 | one : value | one << (8 * i);
    }
    return value;
  }

  private short int16(int at) {
    short value = (short) SHORT.get(page, at);
    return bigEndian ? Short.reverseBytes(value) : value;
  }

  private int int32(int at) {
    int value = (int) INT.get(page, at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  private long int64(int at) {
    long value = (long) LONG.get(page, at);
    return bigEndian ? Long.reverseBytes(value) : value;
  }
}
