package besser.trace.dat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of the metadata, which versions 6 and 7 write alike. */
final class MetadataReader {
  private String headerPage = "";
  private String headerEvent = "";
  private final List<String> ftraceFormats = new ArrayList<>();
  private final List<TraceMetadata.EventSystem> systems = new ArrayList<>();
  private String kallsyms = "";
  private String printkFormats = "";
  private String savedCmdlines = "";

  void readHeaderInfo(DatBytes in) {
    in.expect("header_page\0", "section");
    headerPage = in.text(in.int64("size of header_page"), "header_page");
    in.expect("header_event\0", "section");
    headerEvent = in.text(in.int64("size of header_event"), "header_event");
  }

  void readFtraceFormats(DatBytes in) {
    int count = in.count(8, "ftrace formats");
    for (int i = 0; i < count; i++) {
      ftraceFormats.add(in.text(in.int64("size of a format"), "format"));
    }
  }

  void readEventFormats(DatBytes in) {
    int count = in.count(5, "event systems");
    for (int i = 0; i < count; i++) {
      String name = in.string("event system's name");
      int events = in.count(8, "events of " + name);
      List<String> formats = new ArrayList<>();
      for (int j = 0; j < events; j++) {
        formats.add(in.text(in.int64("size of a format"), "format of " + name));
      }
      systems.add(new TraceMetadata.EventSystem(name, formats));
    }
  }

  void readKallsyms(DatBytes in) {
    kallsyms = in.text(in.uint32("size of kallsyms"), "kallsyms");
  }

  void readPrintkFormats(DatBytes in) {
    printkFormats = in.text(in.uint32("size of printk_formats"), "printk_formats");
  }

  void readSavedCmdlines(DatBytes in) {
    savedCmdlines = in.text(in.int64("size of saved_cmdlines"), "saved_cmdlines");
  }

  TraceMetadata metadata(ByteOrder order, int userLongBytes, String clock) {
    return new TraceMetadata(
        order,
        userLongBytes,
        headerPage,
        headerEvent,
        ftraceFormats,
        systems,
        kallsyms,
        printkFormats,
        savedCmdlines,
        clock);
  }
}
