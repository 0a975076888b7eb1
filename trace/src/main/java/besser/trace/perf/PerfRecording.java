package besser.trace.perf;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What stands around the records of one perf.data: header, events and features.
 *
 * @param file its name, for messages
 * @param header its first bytes
 * @param events its events; of a pipe, those met so far
 * @param features what else perf wrote down
 * @param issues what was found wrong
 * @param kallsyms finds the kernel symbols that belong to it
 */
record PerfRecording(
    String file,
    PerfFileHeader header,
    PerfEvents events,
    PerfFeatures features,
    IssueCounts issues,
    KallsymsFinder kallsyms) {

  /** No section of a sound file is larger; the largest holds formats and kernel symbols. */
  static final int SECTION_LIMIT_BYTES = 256 << 20;

  private static final int SECTION_ENTRY_BYTES = 16;
  private static final int IDS_LIMIT_BYTES = 16 << 20;

  /** A recording of which only the header is known yet. */
  static PerfRecording begin(
      String file, PerfFileHeader header, SymbolSources sources, IssueCounts issues) {
    PerfFeatures features = new PerfFeatures();
    return new PerfRecording(
        file,
        header,
        new PerfEvents(),
        features,
        issues,
        new KallsymsFinder(sources, features, issues));
  }

  /** Reads the attr section and the feature sections of a file. */
  void readSections(FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    readAttrs(channel, fileBytes);
    PerfFileHeader.Section data = header.data();
    if (data.offset() < 0 || data.offset() > fileBytes || data.sizeBytes() < 0) {
      throw new TraceFormatException(
          file,
          40,
          "a data section within the " + fileBytes + " bytes of the file",
          "%d bytes at %d".formatted(data.sizeBytes(), data.offset()));
    }
    if (!data.isWithin(fileBytes) || data.sizeBytes() == 0) {
      // a recording that was cut off, or not ended: features would stand behind the data
      issues.add(Issue.TRUNCATED_DATA, file, data.offset());
      return;
    }
    readFeatures(channel, fileBytes);
  }

  private void readAttrs(FileChannel channel, long fileBytes) throws IOException {
    PerfFileHeader.Section attrs = header.attrs();
    long entryBytes = header.attrBytes();
    if (!attrs.isWithin(fileBytes) || attrs.sizeBytes() > IDS_LIMIT_BYTES) {
      throw new TraceFormatException(
          file,
          24,
          "an attr section within the " + fileBytes + " bytes of the file",
          attrs.sizeBytes() + " bytes at " + attrs.offset());
    }
    if (entryBytes < PerfAttr.FIRST_SIZE_BYTES + SECTION_ENTRY_BYTES
        || entryBytes > attrs.sizeBytes()
        || attrs.sizeBytes() % entryBytes != 0) {
      throw new TraceFormatException(
          file,
          16,
          "an attr size of at least 80 that divides " + attrs.sizeBytes(),
          Long.toString(entryBytes));
    }
    Bytes bytes = read(channel, attrs.offset(), (int) attrs.sizeBytes());
    for (int at = 0; at < attrs.sizeBytes(); at += (int) entryBytes) {
      int attrBytes = (int) entryBytes - SECTION_ENTRY_BYTES;
      long place = attrs.offset() + at;
      PerfAttr attr = PerfAttr.read(bytes, at, attrBytes, file, place);
      int idsAt = at + attrBytes;
      PerfFileHeader.Section ids =
          new PerfFileHeader.Section(bytes.i64(idsAt), bytes.i64(idsAt + Long.BYTES));
      events.add(attr, readIds(channel, ids, fileBytes));
    }
  }

  private List<Long> readIds(FileChannel channel, PerfFileHeader.Section section, long fileBytes)
      throws IOException {
    if (!section.isWithin(fileBytes) || section.sizeBytes() > IDS_LIMIT_BYTES) {
      issues.add(Issue.DAMAGED_SECTION, file, Math.max(0, section.offset()));
      return List.of();
    }
    Bytes bytes = read(channel, section.offset(), (int) section.sizeBytes());
    List<Long> ids = new ArrayList<>();
    for (int at = 0; at + Long.BYTES <= section.sizeBytes(); at += Long.BYTES) {
      ids.add(bytes.i64(at));
    }
    return ids;
  }

  private void readFeatures(FileChannel channel, long fileBytes) throws IOException {
    BitSet features = header.features();
    long tableAt = header.featureTableOffset();
    int count = features.cardinality();
    if (tableAt > fileBytes - (long) count * SECTION_ENTRY_BYTES) {
      issues.add(Issue.TRUNCATED_DATA, file, tableAt);
      return;
    }
    Bytes table = read(channel, tableAt, count * SECTION_ENTRY_BYTES);
    FeatureReader reader = new FeatureReader(this.features, events, issues);
    int at = 0;
    for (int bit = features.nextSetBit(0); bit >= 0; bit = features.nextSetBit(bit + 1)) {
      PerfFileHeader.Section section =
          new PerfFileHeader.Section(table.i64(at), table.i64(at + Long.BYTES));
      at += SECTION_ENTRY_BYTES;
      if (!section.isWithin(fileBytes) || section.sizeBytes() > SECTION_LIMIT_BYTES) {
        issues.add(Issue.DAMAGED_SECTION, file, tableAt + at - SECTION_ENTRY_BYTES);
        continue;
      }
      Bytes bytes = read(channel, section.offset(), (int) section.sizeBytes());
      int end = (int) section.sizeBytes();
      reader.read(bit, new SectionCursor(bytes, 0, end, file, section.offset()));
    }
  }

  private Bytes read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new TraceFormatException(file, offset, length + " bytes", "the end of the file");
      }
    }
    return new Bytes(buffer.array(), header.bigEndian());
  }
}
