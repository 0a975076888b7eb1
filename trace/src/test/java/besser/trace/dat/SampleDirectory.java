package besser.trace.dat;

import besser.trace.EventFormat;
import besser.trace.IssueCounts;
import besser.trace.MemoryEvent;
import besser.trace.ring.EventEncoder;
import besser.trace.ring.PageBuilder;
import besser.trace.ring.PageLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a directory of raw pages, as a copy of tracefs would hold them. */
public final class SampleDirectory {
  private SampleDirectory() {}

  /** All but the pages. */
  public static void writeMetadata(Path directory, TraceMetadata metadata) throws IOException {
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

  /** One CPU's pages, with so many starts of work items, ten nanoseconds apart. */
  public static byte[] pages(TraceMetadata metadata, int cpu, int events) throws IOException {
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
    for (int i = 0; i < events; i++) {
      event.begin(format, 1000L + i * 10L + cpu, cpu, 7, "");
      event.set(format.field("work"), i);
      builder.event(event.timeNanos(), encoder.encode(event, format));
    }
    builder.finish();
    return pages.toByteArray();
  }
}
