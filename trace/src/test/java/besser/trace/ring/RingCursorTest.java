package besser.trace.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.CountingSink;
import besser.trace.Event;
import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.TaskNames;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pages laid out by hand, word by word, as include/linux/ring_buffer.h describes them. */
class RingCursorTest {
  private static final int PAGE_BYTES = 256;
  private static final int TYPE = 7;
  private static final int TIME_EXTEND = 30;
  private static final int TIME_STAMP = 31;
  private static final int PADDING = 29;

  private final IssueCounts issues = new IssueCounts();
  private final List<String> seen = new ArrayList<>();
  private final EventFormat format =
      new EventFormat(
          TYPE,
          "test",
          "sample",
          List.of(
              new Field("common_type", "unsigned short", 0, 0, 2, 2, false, Field.Kind.NUMBER),
              new Field("common_pid", "int", 1, 4, 4, 4, true, Field.Kind.NUMBER)),
          List.of(
              new Field("value", "int", 2, 8, 4, 4, true, Field.Kind.NUMBER),
              new Field("name", "__data_loc char[]", 3, 12, 4, 1, false, Field.Kind.DYNAMIC_TEXT)),
          "");

  /** A little-endian page with 8-byte commit being filled. */
  private static final class Page {
    private final ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    Page(long stamp) {
      bytes.putLong(stamp).putLong(0);
    }

    Page record(int typeLength, int delta, int... words) {
      bytes.putInt(delta << 5 | typeLength);
      Arrays.stream(words).forEach(bytes::putInt);
      return this;
    }

    /** An event of four words: type, pid, value, no name. */
    Page event(int delta, int value) {
      return record(4, delta, TYPE, 42, value, 0);
    }

    byte[] commit(long flags) {
      bytes.putLong(8, flags | (bytes.position() - 16));
      return bytes.array();
    }
  }

  private void read(byte[]... pages) {
    ByteBuffer all = ByteBuffer.allocateDirect(pages.length * PAGE_BYTES);
    Arrays.stream(pages).forEach(all::put);
    readBytes(MemorySegment.ofBuffer(all.flip()));
  }

  private void readBytes(MemorySegment bytes) {
    RingCursor cursor = cursor(bytes, issues);
    cursor.drainTo(
        new EventSink() {
          @Override
          public void event(Event event) {
            String value =
                event
                    .format()
                    .findField("value")
                    .map(field -> "" + event.number(field))
                    .orElse("?");
            seen.add(event.timeNanos() + ":" + event.pid() + ":" + value);
          }

          @Override
          public void lost(LostEvents lost) {
            seen.add("lost " + lost.count());
          }
        });
    assertEquals(new Tally().readEvents(bytes), new Tally().readCounts(bytes));
  }

  private RingCursor cursor(MemorySegment bytes, IssueCounts into) {
    RingContext context =
        new RingContext(
            "test",
            PageLayout.of(ByteOrder.LITTLE_ENDIAN, PAGE_BYTES, 8),
            new EventCatalogue(List.of(format)),
            TaskNames.empty(),
            TimeConversion.NONE,
            into);
    return new RingCursor(new SegmentPages(bytes, 0, PAGE_BYTES), 3, context);
  }

  /** What a sink that counts is told, one way or the other. */
  private final class Tally implements CountingSink {
    private final IssueCounts met = new IssueCounts();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<LostEvents> gaps = new ArrayList<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    String readEvents(MemorySegment bytes) {
      cursor(bytes, met).drainTo(this);
      return toString();
    }

    String readCounts(MemorySegment bytes) {
      cursor(bytes, met).countTo(this);
      return toString();
    }

    @Override
    public void event(Event event) {
      events(event.format(), event.cpu(), 1);
      between(event.timeNanos(), event.timeNanos());
    }

    @Override
    public void events(EventFormat of, int cpu, long count) {
      counts.merge(of.qualifiedName() + " on " + cpu, count, Long::sum);
    }

    @Override
    public void between(long firstNanos, long lastNanos) {
      first = Math.min(first, firstNanos);
      last = Math.max(last, lastNanos);
    }

    @Override
    public void lost(LostEvents gap) {
      gaps.add(gap);
    }

    @Override
    public String toString() {
      return "%s from %d to %d, lost %s, %s".formatted(counts, first, last, gaps, met.counts());
    }
  }

  @Test
  void addsDeltasToThePagesTime() {
    read(new Page(1000).event(0, 1).event(5, -2).commit(0), new Page(2000).event(1, 3).commit(0));

    assertEquals(List.of("1000:42:1", "1005:42:-2", "2001:42:3"), seen);
    assertTrue(issues.isEmpty(), issues.toString());
  }

  @Test
  void addsTimeExtendsBeyondTheDeltasTwentySevenBits() {
    read(new Page(0).record(TIME_EXTEND, 3, 2).event(1, 1).commit(0));

    assertEquals(List.of((2L << 27) + 3 + 1 + ":42:1"), seen);
  }

  @Test
  void takesTheUpperBitsOfAbsoluteStampsFromTheTimeBefore() {
    long before = (0x20L << 56) + 50;
    read(new Page(before).event(0, 1).record(TIME_STAMP, 100, 0).event(0, 2).commit(0));

    assertEquals(List.of(before + ":42:1", (0x20L << 56) + 100 + ":42:2"), seen);
  }

  @Test
  void skipsDiscardedEventsButCountsTheirTime() {
    read(new Page(10).event(0, 1).record(PADDING, 7, 8, 0).event(1, 2).commit(0));

    assertEquals(List.of("10:42:1", "18:42:2"), seen);
    assertTrue(issues.isEmpty(), issues.toString());
  }

  @Test
  void reportsStoredAndUnknownCountsOfLostEvents() {
    Page stored = new Page(10).event(0, 1);
    byte[] withCount = stored.commit(3L << 30);
    ByteBuffer.wrap(withCount).order(ByteOrder.LITTLE_ENDIAN).putLong(16 + 20, 99);

    read(withCount, new Page(20).event(0, 2).commit(1L << 31));

    assertEquals(List.of("lost 99", "10:42:1", "lost -1", "20:42:2"), seen);
  }

  @Test
  void reportsLostEventsAlsoBeforeATimeExtendAndAtTheEnd() {
    byte[] first = new Page(10).record(TIME_EXTEND, 1, 1).event(0, 1).commit(1L << 31);
    byte[] empty = new Page(20).commit(1L << 31);

    read(first, empty);

    assertEquals(List.of("lost -1", (1L << 27) + 11 + ":42:1", "lost -1"), seen);
  }

  @Test
  void readsEventsLongerThanTheTypeLengthCanSay() {
    int[] words = new int[32];
    words[0] = 4 * 32;
    words[1] = TYPE;
    words[2] = 42;
    words[3] = 5;
    read(new Page(1).record(0, 0, words).event(1, 6).commit(0));

    assertEquals(List.of("1:42:5", "2:42:6"), seen);
  }

  @Test
  void countsARecordThatLeavesItsPageAndGoesOnWithTheNext() {
    read(
        new Page(1).event(0, 1).record(28, 0, TYPE, 42).commit(0),
        new Page(5).event(0, 2).commit(0));

    assertEquals(List.of("1:42:1", "5:42:2"), seen);
    assertEquals(1, issues.count(Issue.DAMAGED_PAGE));
  }

  @Test
  void countsEventsWithoutAFormatAndStillTellsTheirTimeAndTask() {
    read(new Page(1).record(4, 0, 99, 43, 0, 0).commit(0));

    assertEquals(List.of("1:43:?"), seen);
    assertEquals(1, issues.count(Issue.UNKNOWN_EVENT));
  }

  @Test
  void countsFieldsBeyondTheEventAndReadsThemAsZero() {
    read(new Page(1).record(2, 0, TYPE, 42).commit(0));

    assertEquals(List.of("1:42:0"), seen);
    assertEquals(1, issues.count(Issue.SHORT_EVENT));
  }

  @Test
  void countsADynamicFieldThatPointsOutsideItsEvent() {
    Page page = new Page(1).record(4, 0, TYPE, 42, 1, 500 << 16 | 12);
    ByteBuffer bytes = ByteBuffer.allocateDirect(PAGE_BYTES).put(page.commit(0)).flip();
    RingContext context =
        new RingContext(
            "test",
            PageLayout.of(ByteOrder.LITTLE_ENDIAN, PAGE_BYTES, 8),
            new EventCatalogue(List.of(format)),
            TaskNames.empty(),
            TimeConversion.NONE,
            issues);
    RingCursor cursor =
        new RingCursor(new SegmentPages(MemorySegment.ofBuffer(bytes), 0, PAGE_BYTES), 0, context);

    assertTrue(cursor.advance());
    assertEquals("", cursor.text(format.field("name")));
    assertEquals(1, issues.count(Issue.DYNAMIC_FIELD_OUT_OF_BOUNDS));
  }

  @Test
  void countsAPageCutShortAndReadsWhatIsWhole() {
    byte[] page = new Page(1).event(0, 1).event(1, 2).commit(0);
    ByteBuffer cut = ByteBuffer.allocateDirect(16 + 20 + 10).put(page, 0, 16 + 20 + 10).flip();

    readBytes(MemorySegment.ofBuffer(cut));

    assertEquals(List.of("1:42:1"), seen);
    assertEquals(1, issues.count(Issue.TRUNCATED_DATA));
  }

  @Test
  void countsPagesWhoseTimeGoesBackwards() {
    read(new Page(50).event(0, 1).commit(0), new Page(20).event(0, 2).commit(0));

    assertEquals(List.of("50:42:1", "20:42:2"), seen);
    assertEquals(1, issues.count(Issue.TIME_BACKWARDS));
  }
}
