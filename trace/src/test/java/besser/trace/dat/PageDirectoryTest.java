package besser.trace.dat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import besser.trace.TraceFormatException;
import besser.trace.ring.EventEncoder;
import besser.trace.ring.PageBuilder;
import besser.trace.ring.PageLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageDirectoryTest {
  @TempDir Path directory;

  private void copyMetadata(TraceMetadata metadata) throws IOException {
    Files.createDirectories(directory.resolve("events"));
    Files.writeString(directory.resolve("events/header_page"), metadata.headerPage());
    for (TraceMetadata.EventSystem system : metadata.systems()) {
      for (String format : system.formats()) {
        String event = format.substring("name: ".length(), format.indexOf('\n'));
        Path place = directory.resolve("events").resolve(system.name()).resolve(event);
        Files.createDirectories(place);
        Files.writeString(place.resolve("format"), format);
      }
    }
    Files.writeString(directory.resolve("saved_cmdlines"), "7 kworker/0:1\n");
    Files.writeString(directory.resolve("trace_clock"), "local global [mono]\n");
  }

  private static byte[] pages(TraceMetadata metadata, int cpu) throws IOException {
    PageLayout layout = metadata.layout(4096, "");
    EventFormat format =
        metadata
            .catalogue(8, "", new IssueCounts())
            .find("workqueue:workqueue_execute_start")
            .orElseThrow();
    EventEncoder encoder = new EventEncoder(metadata.order(), 1000);
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    PageBuilder builder =
        new PageBuilder(
            layout,
            page -> {
              byte[] bytes = new byte[page.remaining()];
              page.get(bytes);
              pages.writeBytes(bytes);
            });
    MemoryEvent event = new MemoryEvent(format);
    for (int i = 0; i < 1000; i++) {
      event.begin(format, 1000L + i * 10L + cpu, cpu, 7, "");
      event.set(format.field("work"), i);
      builder.event(event.timeNanos(), encoder.encode(event, format));
    }
    builder.finish();
    return pages.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"per_cpu/cpu%d/trace_pipe_raw", "cpu%d.raw", "trace.dat.cpu%d", "cpu%d"})
  void readsACopyOfTracefs(String place) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      TraceMetadata metadata = SampleMetadata.of(order, 8);
      copyMetadata(metadata);
      for (int cpu = 0; cpu < 2; cpu++) {
        Path file = directory.resolve(place.formatted(cpu));
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, pages(metadata, cpu));
      }

      List<String> seen = new ArrayList<>();
      try (PageDirectory pages = PageDirectory.open(directory)) {
        assertEquals("mono", pages.source().clock());
        pages.source().readInTimeOrder(new Collector(seen));
        assertTrue(pages.issues().isEmpty(), pages.issues().toString());
      }
      assertEquals(2000, seen.size());
      assertEquals("1000 0 kworker/0:1 0", seen.get(0));
      assertEquals("1001 1 kworker/0:1 0", seen.get(1));
      assertEquals("10991 1 kworker/0:1 999", seen.get(1999));
    }
  }

  private record Collector(List<String> seen) implements EventSink {
    @Override
    public void event(Event event) {
      long work = event.number(event.format().field("work"));
      seen.add(event.timeNanos() + " " + event.cpu() + " " + event.comm() + " " + work);
    }

    @Override
    public void lost(LostEvents lost) {
      seen.add(lost.toString());
    }
  }

  @Test
  void saysWhichFilesItLooksFor() {
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> PageDirectory.open(directory));
    assertTrue(String.valueOf(e.getMessage()).contains("per_cpu/cpuN/trace_pipe_raw"));
  }
}
