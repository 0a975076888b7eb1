package besser.trace.dat;

import java.util.List;

/** What reading the head of a trace.dat yields: texts, options, and where the pages are. */
record DatContents(
    int version,
    int pageBytes,
    Compression compression,
    TraceMetadata metadata,
    DatOptions options,
    List<BufferRegion> buffers) {
  DatContents {
    buffers = List.copyOf(buffers);
  }
}
