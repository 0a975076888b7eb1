package besser.trace.dat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import besser.trace.TraceFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceDatDamageTest {
  private static final int EVENTS = 2000;

  @TempDir Path directory;

  private ByteBuffer sound(TraceMetadata metadata, int version, Compression compression)
      throws IOException {
    Path file = directory.resolve("sound.dat");
    TraceMetadata complete = SampleMetadata.of(ByteOrder.LITTLE_ENDIAN, 8);
    EventFormat format =
        complete
            .catalogue(8, "", new IssueCounts())
            .find("workqueue:workqueue_execute_start")
            .orElseThrow();
    try (TraceDatSink sink =
        new TraceDatSink(file, metadata, WriteOptions.of(version, compression))) {
      MemoryEvent event = new MemoryEvent(format);
      for (int i = 0; i < EVENTS; i++) {
        event.begin(format, i, 0, 1, "task");
        sink.event(event);
      }
    }
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer sound(int version, Compression compression) throws IOException {
    return sound(SampleMetadata.of(ByteOrder.LITTLE_ENDIAN, 8), version, compression);
  }

  private Path write(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.limit()];
    bytes.get(0, copy);
    return Files.write(directory.resolve("damaged.dat"), copy);
  }

  private void assertRefused(ByteBuffer bytes, long offset, String message) throws IOException {
    Path file = write(bytes);
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> TraceDat.open(file).close());
    assertEquals(file + ": at offset " + offset + message, e.getMessage());
    assertEquals(offset, e.offset());
  }

  @Test
  void refusesWhatIsNoTraceDat() throws IOException {
    byte[] text = "PERFILE2 is another format".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(
        ByteBuffer.wrap(text),
        0,
        " (0x0): expected trace.dat's magic '\\x17\\x08Dtracing', found 'PERFILE2 i'");
  }

  @Test
  void refusesAVersionItDoesNotKnow() throws IOException {
    assertRefused(
        sound(6, Compression.NONE).put(10, (byte) '8'),
        10,
        " (0xa): expected file version 6 or 7, found '8'");
  }

  @Test
  void refusesOptionsThatLeadInACircle() throws IOException {
    ByteBuffer bytes = sound(7, Compression.NONE);
    int options = (int) bytes.getLong(24);
    int end = options + 16 + (int) bytes.getLong(options + 8);
    bytes.putLong(end - 8, options);

    String at = " (0x%x): expected options not read before, found a loop".formatted(options);
    assertRefused(bytes, options, at);
  }

  @Test
  void refusesASectionThatWouldExpandBeyondTheLimit() throws IOException {
    ByteBuffer bytes = sound(7, Compression.ZSTD);
    int options = (int) bytes.getLong(29);
    bytes.putInt(options + 16 + 4, Integer.MAX_VALUE);

    assertRefused(
        bytes,
        options,
        " (0x%x): expected options of at most 100663296 bytes, found 2147483647"
            .formatted(options));
  }

  @Test
  void refusesAHostileNumberOfFormats() throws IOException {
    ByteBuffer bytes = sound(6, Compression.NONE);
    // the number of ftrace's formats stands behind both headers
    int headerPage = 18 + 12;
    int headerEvent = headerPage + 8 + (int) bytes.getLong(headerPage) + 13;
    int count = headerEvent + 8 + (int) bytes.getLong(headerEvent);
    bytes.putInt(count, -1);

    Path file = write(bytes);
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> TraceDat.open(file).close());
    assertTrue(String.valueOf(e.getMessage()).contains("found 4294967295"), e.getMessage());
  }

  @Test
  void readsWhatIsWholeOfAFileCutInItsPages() throws IOException {
    ByteBuffer bytes = sound(6, Compression.NONE);
    Path file = write(bytes.limit(bytes.limit() - 6000));

    try (TraceDat dat = TraceDat.open(file)) {
      Counter counter = new Counter();
      dat.mainBuffer().source().readInTimeOrder(counter);
      assertTrue(counter.events > EVENTS / 2 && counter.events < EVENTS, "" + counter.events);
      assertTrue(dat.issues().count(Issue.TRUNCATED_DATA) > 0);
    }
  }

  @Test
  void countsEventsWhoseFormatIsMissing() throws IOException {
    Path file = write(sound(6, Compression.NONE));
    byte[] bytes = Files.readAllBytes(file);
    int id = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("ID: 100\n");
    bytes[id + 4] = '9';
    Files.write(file, bytes);

    try (TraceDat dat = TraceDat.open(file)) {
      Counter counter = new Counter();
      dat.mainBuffer().source().readInTimeOrder(counter);
      assertEquals(EVENTS, counter.events);
      assertEquals(EVENTS, dat.issues().count(Issue.UNKNOWN_EVENT));
    }
  }

  @Test
  void countsAFormatThatCannotBeUnderstood() throws IOException {
    Path file = write(sound(6, Compression.NONE));
    byte[] bytes = Files.readAllBytes(file);
    int id = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("ID: 101\n");
    Arrays.fill(bytes, id + 4, id + 7, (byte) 'x');
    Files.write(file, bytes);

    try (TraceDat dat = TraceDat.open(file)) {
      assertEquals(1, dat.issues().count(Issue.DAMAGED_FORMAT));
      assertTrue(
          dat.issues().firstPlace(Issue.DAMAGED_FORMAT).contains("workqueue_queue_work"),
          dat.issues().firstPlace(Issue.DAMAGED_FORMAT));
    }
  }

  @Test
  void refusesToWriteAnEventThatIsNotDeclared() {
    TraceMetadata metadata = SampleMetadata.of(ByteOrder.LITTLE_ENDIAN, 8);
    EventFormat stranger = new EventFormat(1, "else", "where", List.of(), List.of(), "");
    Path file = directory.resolve("trace.dat");
    try (TraceDatSink sink =
        new TraceDatSink(file, metadata, WriteOptions.of(7, Compression.NONE))) {
      MemoryEvent event = new MemoryEvent(stranger);
      event.begin(stranger, 1, 0, 0, "");
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> sink.event(event));
      assertTrue(String.valueOf(e.getMessage()).startsWith("event else:where is not declared"));
    }
  }

  /** Counts. */
  private static final class Counter implements EventSink {
    private long events;

    @Override
    public void event(Event event) {
      events++;
    }

    @Override
    public void lost(LostEvents lost) {
      throw new AssertionError(lost.toString());
    }
  }
}
