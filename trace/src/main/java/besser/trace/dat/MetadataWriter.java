package besser.trace.dat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts together the parts of the metadata, which versions 6 and 7 write alike. */
final class MetadataWriter {
  private final TraceMetadata metadata;

  MetadataWriter(TraceMetadata metadata) {
    this.metadata = metadata;
  }

  private DatOutput output() {
    return new DatOutput(metadata.order());
  }

  byte[] headerInfo() {
    DatOutput out = output();
    out.string("header_page");
    out.int64(metadata.headerPage().length()).text(metadata.headerPage());
    out.string("header_event");
    out.int64(metadata.headerEvent().length()).text(metadata.headerEvent());
    return out.toByteArray();
  }

  byte[] ftraceFormats() {
    return formats(output(), metadata.ftraceFormats()).toByteArray();
  }

  byte[] eventFormats() {
    DatOutput out = output();
    out.uint32(metadata.systems().size());
    for (TraceMetadata.EventSystem system : metadata.systems()) {
      formats(out.string(system.name()), system.formats());
    }
    return out.toByteArray();
  }

  private static DatOutput formats(DatOutput out, List<String> formats) {
    out.uint32(formats.size());
    for (String format : formats) {
      out.int64(format.length()).text(format);
    }
    return out;
  }

  byte[] kallsyms() {
    byte[] bytes = metadata.kallsyms().getBytes(StandardCharsets.ISO_8859_1);
    return output().uint32(bytes.length).bytes(bytes).toByteArray();
  }

  byte[] printkFormats() {
    byte[] bytes = metadata.printkFormats().getBytes(StandardCharsets.ISO_8859_1);
    return output().uint32(bytes.length).bytes(bytes).toByteArray();
  }

  byte[] savedCmdlines() {
    byte[] bytes = metadata.savedCmdlines().getBytes(StandardCharsets.ISO_8859_1);
    return output().int64(bytes.length).bytes(bytes).toByteArray();
  }
}
