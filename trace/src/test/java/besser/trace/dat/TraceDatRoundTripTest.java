package besser.trace.dat;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import besser.trace.format.ReportLine;
import besser.trace.format.ReportStyle;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceDatRoundTripTest {
  private static final int EVENTS = 3000;

  @TempDir Path directory;

  /** Everything an event says, as one line. */
  private static String described(Event event) {
    StringBuilder text = new StringBuilder();
    text.append(event.timeNanos()).append(' ').append(event.cpu()).append(' ');
    text.append(event.comm()).append('-').append(event.pid()).append(' ');
    text.append(event.format().qualifiedName());
    for (Field field : event.format().fields()) {
      text.append(' ').append(field.name()).append('=');
      if (field.kind().isText()) {
        text.append(event.text(field));
      } else if (field.kind() == Field.Kind.NUMBER || field.kind() == Field.Kind.BITFIELD) {
        text.append(event.number(field));
      } else {
        for (int i = 0; i < event.length(field); i++) {
          text.append(event.element(field, i)).append(',');
        }
      }
    }
    return text.toString();
  }

  /** Makes events up, hands them to a sink, and returns what they say. */
  private static List<String> emit(TraceMetadata metadata, EventSink sink, Random random) {
    EventCatalogue catalogue = metadata.catalogue(metadata.userLongBytes(), "", new IssueCounts());
    List<EventFormat> formats = catalogue.formats();
    MemoryEvent event = new MemoryEvent(formats.getFirst());
    List<String> said = new ArrayList<>();
    long time = 5_000_000_000L;
    for (int i = 0; i < EVENTS; i++) {
      boolean pause = random.nextInt(50) == 0;
      time += pause ? 3_000_000_000L + random.nextInt() : 1 + random.nextInt(100_000);
      EventFormat format = formats.get(random.nextInt(formats.size()));
      int pid = random.nextInt(5);
      String comm = pid == 0 ? "<idle>" : "task" + pid;
      event.begin(format, time, random.nextInt(3), pid, comm);
      for (Field field : format.fields()) {
        fill(event, field, random);
      }
      if (random.nextInt(500) == 0) {
        LostEvents lost = new LostEvents(event.cpu(), time, 1 + random.nextInt(1000));
        sink.lost(lost);
        said.add("lost " + lost.count());
      }
      sink.event(event);
      said.add(described(event));
    }
    return said;
  }

  private static void fill(MemoryEvent event, Field field, Random random) {
    switch (field.kind()) {
      case NUMBER -> {
        long bits = random.nextLong();
        int unused = 64 - 8 * field.sizeBytes();
        boolean function = field.name().equals("function");
        long value = field.signed() ? bits << unused >> unused : bits << unused >>> unused;
        event.set(field, function ? 0xffffffff81001000L + random.nextInt(0x1800) : value);
      }
      case BITFIELD -> event.set(field, random.nextInt(1 << field.bitWidth()));
      case TEXT, DYNAMIC_TEXT, RELATIVE_TEXT ->
          event.set(field, "name" + random.nextInt(1 << random.nextInt(20)));
      case ARRAY, DYNAMIC_ARRAY, RELATIVE_ARRAY -> {
        boolean fixed = field.kind() == Field.Kind.ARRAY;
        int count = fixed ? field.sizeBytes() / field.elementBytes() : random.nextInt(200);
        long[] elements = new long[count];
        for (int i = 0; i < count; i++) {
          elements[i] = random.nextInt(256);
        }
        event.set(field, elements);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "6, NONE, little, 8",
    "6, NONE, big, 8",
    "6, NONE, little, 4",
    "6, NONE, big, 4",
    "7, NONE, little, 8",
    "7, ZLIB, little, 8",
    "7, ZSTD, little, 8",
    "7, ZSTD, big, 4",
    "7, NONE, big, 8",
    "7, ZLIB, little, 4"
  })
  void readsBackWhatWasWritten(int version, Compression compression, String order, int longBytes)
      throws IOException {
    ByteOrder byteOrder = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    TraceMetadata metadata = SampleMetadata.of(byteOrder, longBytes);
    Path file = directory.resolve("trace.dat");
    List<String> written;
    try (TraceDatSink sink =
        new TraceDatSink(file, metadata, WriteOptions.of(version, compression))) {
      written = emit(metadata, sink, new Random(version * 31L + longBytes));
    }

    List<String> read = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try (TraceDat dat = TraceDat.open(file)) {
      assertEquals(version, dat.version());
      assertEquals(compression, dat.compression());
      TraceDat.Buffer buffer = dat.mainBuffer();
      assertEquals(List.of(0, 1, 2), buffer.source().cpus());
      ReportLine line =
          new ReportLine(dat.textContext(ReportStyle.TRACE_CMD_3_1), buffer.source().clock());
      buffer.source().readInTimeOrder(new Collector(read, lines, line));
      assertTrue(dat.issues().isEmpty(), dat.issues().toString());
    }
    assertEquals(String.join("\n", written), String.join("\n", read));
    if (compression == Compression.ZLIB) {
      // Debian builds trace-cmd without zlib
      return;
    }
    assertEquals(withoutBits(TraceCmd.report(file)), withoutBits(lines));
  }

  /** To the last chunk of each CPU, whose end trace-cmd declares four bytes too early. */
  @Test
  void readsAllThatTraceCmdCompressed() throws IOException {
    Path plain = directory.resolve("plain.dat");
    TraceMetadata metadata = SampleMetadata.of(ByteOrder.LITTLE_ENDIAN, 8);
    try (TraceDatSink sink =
        new TraceDatSink(plain, metadata, WriteOptions.of(7, Compression.NONE))) {
      emit(metadata, sink, new Random(7));
    }
    Path packed = directory.resolve("packed.dat");
    TraceCmd.run(
        directory,
        "convert",
        "-i",
        plain.toString(),
        "-o",
        packed.toString(),
        "--file-version",
        "7",
        "--compression",
        "zstd");

    assertEquals(Compression.ZSTD, compressionOf(packed));
    assertEquals(said(plain), said(packed));
  }

  private static Compression compressionOf(Path file) throws IOException {
    try (TraceDat dat = TraceDat.open(file)) {
      return dat.compression();
    }
  }

  private static List<String> said(Path file) throws IOException {
    List<String> said = new ArrayList<>();
    try (TraceDat dat = TraceDat.open(file)) {
      ReportLine line =
          new ReportLine(
              dat.textContext(ReportStyle.TRACE_CMD_3_1), dat.mainBuffer().source().clock());
      dat.mainBuffer().source().readInTimeOrder(new Collector(said, new ArrayList<>(), line));
      assertTrue(dat.issues().isEmpty(), dat.issues().toString());
    }
    return said;
  }

  private static String withoutBits(List<String> lines) {
    return lines.stream().filter(line -> !line.contains(" bits: ")).collect(joining("\n"));
  }

  /** Keeps what events say and how they are reported. */
  private record Collector(List<String> said, List<String> lines, ReportLine line)
      implements EventSink {
    @Override
    public void event(Event event) {
      said.add(described(event));
      StringBuilder text = new StringBuilder();
      line.append(text, event);
      text.toString().lines().forEach(lines::add);
    }

    @Override
    public void lost(LostEvents lost) {
      said.add("lost " + lost.count());
      StringBuilder text = new StringBuilder();
      line.append(text, lost);
      lines.add(text.toString());
    }
  }
}
