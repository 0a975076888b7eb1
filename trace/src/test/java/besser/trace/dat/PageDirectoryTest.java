package besser.trace.dat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.TraceFormatException;
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

  @ParameterizedTest
  @ValueSource(strings = {"per_cpu/cpu%d/trace_pipe_raw", "cpu%d.raw", "trace.dat.cpu%d", "cpu%d"})
  void readsACopyOfTracefs(String place) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      TraceMetadata metadata = SampleMetadata.of(order, 8);
      SampleDirectory.writeMetadata(directory, metadata);
      for (int cpu = 0; cpu < 2; cpu++) {
        Path file = directory.resolve(place.formatted(cpu));
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, SampleDirectory.pages(metadata, cpu, 1000));
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
