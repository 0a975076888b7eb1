package besser.trace.perf;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.TraceFormatException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads feature sections, from behind the data of a file or out of the records of a pipe. */
final class FeatureReader {
  private static final int MISC_BUILD_ID_SIZE = 1 << 15;
  private static final int BUILD_ID_LIMIT_BYTES = 20;
  private static final int BUILD_ID_RECORD_BYTES = 36;

  private final PerfFeatures features;
  private final PerfEvents events;
  private final IssueCounts issues;

  FeatureReader(PerfFeatures features, PerfEvents events, IssueCounts issues) {
    this.features = features;
    this.events = events;
    this.issues = issues;
  }

  /** Reads one section; one that contradicts itself is counted and otherwise ignored. */
  void read(int feature, SectionCursor section) {
    try {
      switch (feature) {
        case Feature.TRACING_DATA -> events.addFormats(TracingData.read(section, issues));
        case Feature.BUILD_ID -> readBuildIds(section);
        case Feature.HOSTNAME,
            Feature.OSRELEASE,
            Feature.VERSION,
            Feature.ARCH,
            Feature.CPUDESC,
            Feature.CPUID ->
            features.setText(feature, section.headerText());
        case Feature.NRCPUS -> {
          section.take(Integer.BYTES);
          features.setCpusOnline(section.u32());
        }
        case Feature.TOTAL_MEM -> features.setTotalMemoryKib(section.i64());
        case Feature.CMDLINE -> features.setCommandLine(texts(section));
        case Feature.EVENT_DESC -> readEventDescriptions(section);
        case Feature.PMU_MAPPINGS -> readPmuMappings(section);
        case Feature.SAMPLE_TIME ->
            features.setSampleTimes(new PerfFeatures.SampleTimes(section.i64(), section.i64()));
        case Feature.COMPRESSED -> {
          section.take(4L * Integer.BYTES);
          features.setCompressedRingBytes(section.u32());
        }
        case Feature.CLOCK_DATA -> readClockData(section);
        default -> {
          if (feature > Feature.LAST) {
            issues.add(Issue.UNKNOWN_SECTION, section.file(), section.fileOffset());
          }
        }
      }
    } catch (TraceFormatException e) {
      issues.add(Issue.DAMAGED_SECTION, e.file(), e.offset());
    }
  }

  private static List<String> texts(SectionCursor section) {
    long count = section.u32();
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      texts.add(section.headerText());
    }
    return texts;
  }

  private void readClockData(SectionCursor section) {
    section.take(Integer.BYTES);
    int clockId = section.i32();
    features.setClockReference(
        new PerfFeatures.ClockReference(clockId, section.i64(), section.i64()));
  }

  private void readPmuMappings(SectionCursor section) {
    long count = section.u32();
    for (long i = 0; i < count; i++) {
      int type = section.i32();
      features.addPmuName(type, section.headerText());
    }
  }

  private void readBuildIds(SectionCursor section) {
    while (section.remaining() > 0) {
      int start = section.take(RecordType.HEADER_BYTES);
      int misc = section.bytes().u16(start + 4);
      int size = section.bytes().u16(start + 6);
      section.take((long) size - RecordType.HEADER_BYTES);
      readBuildId(section.bytes(), start, size, misc);
    }
  }

  /** One {@code perf_record_header_build_id}, here or as a record of a pipe. */
  void readBuildId(Bytes bytes, int at, int size, int misc) {
    if (size < BUILD_ID_RECORD_BYTES) {
      issues.add(Issue.DAMAGED_SECTION, "build id record of " + size + " bytes");
      return;
    }
    int length = BUILD_ID_LIMIT_BYTES;
    if ((misc & MISC_BUILD_ID_SIZE) != 0) {
      length = Math.min(bytes.u8(at + 12 + BUILD_ID_LIMIT_BYTES), BUILD_ID_LIMIT_BYTES);
    }
    String hex = HexFormat.of().formatHex(bytes.array(), at + 12, at + 12 + length);
    features.addBuildId(bytes.text(at + BUILD_ID_RECORD_BYTES, at + size), hex);
  }

  private void readEventDescriptions(SectionCursor section) {
    long count = section.u32();
    long attrBytes = section.u32();
    for (int i = 0; i < count; i++) {
      long place = section.fileOffset();
      int at = section.take(attrBytes);
      PerfAttr attr = PerfAttr.read(section.bytes(), at, (int) attrBytes, section.file(), place);
      long idCount = section.u32();
      String name = section.headerText();
      int firstId = section.take(idCount * Long.BYTES);
      List<Long> ids = new ArrayList<>();
      for (int id = 0; id < idCount; id++) {
        ids.add(section.bytes().i64(firstId + id * Long.BYTES));
      }
      events.describe(i, name, attr, ids);
    }
  }
}
