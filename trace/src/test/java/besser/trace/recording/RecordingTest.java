package besser.trace.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.TraceFormatException;
import besser.trace.dat.BufferPages;
import besser.trace.dat.Compression;
import besser.trace.dat.SampleDirectory;
import besser.trace.dat.SampleMetadata;
import besser.trace.dat.TraceDatWriter;
import besser.trace.dat.TraceMetadata;
import besser.trace.dat.WriteOptions;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir Path directory;

  private String formOf(String text) throws IOException {
    Path file = directory.resolve("recording");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    try (Recording recording = Recording.open(file, SymbolSources.none())) {
      assertEquals(recording.form().equals("ftrace text"), recording.events().isPresent());
      assertEquals(recording.form().equals("perf script text"), recording.samples().isPresent());
      return recording.form();
    }
  }

  @Test
  void tellsTextsApart() throws IOException {
    assertEquals("ftrace text", formOf("# tracer: nop\n"));
    assertEquals(
        "ftrace text",
        formOf("cpus=2\n  <idle>-0     [001] 13140.687793: hrtimer_setup: hrtimer=0x1\n"));
    assertEquals(
        "perf script text",
        formOf("dbus-daemon 12/12 [001] 99.000001: 250000 cpu-clock:\n\tff f (m)\n"));
  }

  @Test
  void refusesWhatItDoesNotKnowAndSaysWhatItKnows() {
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> formOf("hello\nworld\n"));
    assertTrue(String.valueOf(e.getMessage()).contains("a trace.dat"), e.getMessage());
    assertThrows(TraceFormatException.class, () -> formOf(""));
  }

  @Test
  void leavesDamageToTheReaderOfTheForm() {
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> formOf("PERFILE2 and no more"));
    assertTrue(String.valueOf(e.getMessage()).contains("recording"), e.getMessage());
    assertThrows(TraceFormatException.class, () -> formOf("\u0017\bDtracing7\0"));
  }

  /** Ten events in the top buffer unless it is empty, 20 in {@code first}, 30 in {@code second}. */
  private Path severalBuffers(boolean emptyTop) throws IOException {
    TraceMetadata metadata = SampleMetadata.of(ByteOrder.LITTLE_ENDIAN, 8);
    List<BufferPages> buffers = new ArrayList<>();
    for (String name : List.of("", "first", "second")) {
      int events = 10 * (buffers.size() + 1);
      Path pages = directory.resolve("pages-" + events);
      boolean empty = emptyTop && name.isEmpty();
      Files.write(pages, empty ? new byte[0] : SampleDirectory.pages(metadata, 0, events));
      List<BufferPages.CpuFile> cpus = List.of(new BufferPages.CpuFile(0, pages));
      buffers.add(new BufferPages(name, "mono", 4096, cpus, List.of()));
    }
    Path file = directory.resolve("several.dat");
    TraceDatWriter.write(file, metadata, WriteOptions.of(7, Compression.ZSTD), buffers);
    return file;
  }

  private static String shown(Path file, Optional<String> buffer) throws IOException {
    try (Recording recording = Recording.open(file, SymbolSources.none(), buffer)) {
      AtomicInteger events = new AtomicInteger();
      recording.events().orElseThrow().readInTimeOrder(new Counter(events));
      return recording.form() + ": " + events + ", left out " + recording.leftOut();
    }
  }

  private record Counter(AtomicInteger events) implements EventSink {
    @Override
    public void event(Event event) {
      events.incrementAndGet();
    }

    @Override
    public void lost(LostEvents lost) {
      throw new AssertionError("nothing was lost");
    }
  }

  @Test
  void readsOneBufferOfSeveralAndNamesTheOthers() throws IOException {
    Path file = severalBuffers(false);
    assertEquals(
        "trace.dat version 7: 10, left out [first, second]", shown(file, Optional.empty()));
    assertEquals(
        "trace.dat version 7, buffer second: 30, left out [top, first]",
        shown(file, Optional.of("second")));
    assertEquals(
        "trace.dat version 7: 10, left out [first, second]", shown(file, Optional.of("top")));
  }

  @Test
  void readsTheFirstBufferWithEventsWhenTheTopOneHasNone() throws IOException {
    assertEquals(
        "trace.dat version 7, buffer first: 20, left out [second]",
        shown(severalBuffers(true), Optional.empty()));
  }

  @Test
  void refusesABufferThatIsNotThereAndNamesThoseThatAre() throws IOException {
    Path file = severalBuffers(false);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> shown(file, Optional.of("third")));
    assertEquals(file + " has no buffer third; it has top, first, second", e.getMessage());
    Path text = Files.writeString(directory.resolve("text"), "# tracer: nop\n");
    assertThrows(IllegalArgumentException.class, () -> shown(text, Optional.of("top")));
  }
}
