package besser.trace.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.TraceFormatException;
import besser.trace.mutation.Mutator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are cut short, damaged or made to hurt: an error that says where, or a count. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedPerfDataTest {
  private static final long SEED = Long.getLong("mutation.seed", 20260101);
  private static final int INPUTS = Integer.getInteger("mutation.inputs", 3000);
  private static final long BASIC =
      SampleLayout.IP
          | SampleLayout.TID
          | SampleLayout.TIME
          | SampleLayout.CPU
          | SampleLayout.ID
          | SampleLayout.CALLCHAIN
          | SampleLayout.RAW;
  private static final String FORMAT =
      """
      name: wake
      ID: 9
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      \tfield:__data_loc char[] comm;\toffset:8;\tsize:4;\tsigned:0;
      \tfield:int pid;\toffset:12;\tsize:4;\tsigned:1;

      print fmt: "%d", REC->pid
      """;

  @TempDir Path directory;

  private long delivered;

  @Test
  void saysWhatAForeignFileStartsWith() throws IOException {
    TraceFormatException e = rejected("no perf.data at all".getBytes(StandardCharsets.US_ASCII));

    assertEquals(0, e.offset());
    assertTrue(e.toString().contains("expected the magic PERFILE2"), e.toString());
  }

  @Test
  void rejectsHeadersOfImpossibleSize() throws IOException {
    byte[] file = sound(ByteOrder.LITTLE_ENDIAN).file();
    file[8] = 99;

    assertTrue(rejected(file).toString().contains("a header size of 104, or 16 in a pipe"));
  }

  @Test
  void readsWhatIsWholeOfAFileCutAnywhere() throws IOException {
    byte[] file = sound(ByteOrder.LITTLE_ENDIAN).file();
    for (int length = 0; length < file.length; length += 3) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        IssueCounts issues = read(cut);
        assertTrue(!issues.isEmpty(), "nothing is said of a cut to " + length);
      } catch (TraceFormatException e) {
        assertTrue(e.offset() <= length, e.toString());
      }
    }
  }

  @Test
  void readsRecordingsThatNeverEnded() throws IOException {
    byte[] file = sound(ByteOrder.LITTLE_ENDIAN).file();
    Arrays.fill(file, 48, 56, (byte) 0);
    // what stands behind the data is no record; perf had not written it yet
    int dataEnd = indexOfFeatures(file);

    IssueCounts issues = read(Arrays.copyOf(file, dataEnd));

    assertEquals(12, delivered);
    assertEquals(1, issues.count(Issue.TRUNCATED_DATA));
  }

  private static int indexOfFeatures(byte[] file) {
    byte[] sound = sound(ByteOrder.LITTLE_ENDIAN).file();
    Bytes bytes = new Bytes(sound, false);
    assertEquals(sound.length, file.length);
    return (int) (bytes.i64(40) + bytes.i64(48));
  }

  @Test
  void rejectsRecordsWithoutRoomForTheirHeader() throws IOException {
    byte[] file = sound(ByteOrder.LITTLE_ENDIAN).raw(new byte[16]).file();

    assertTrue(rejected(file).toString().contains("expected a record size of at least 8, found 0"));
  }

  @Test
  void expandsCompressedRecordsOfBothKinds() throws IOException {
    for (int type : new int[] {RecordType.COMPRESSED, RecordType.COMPRESSED2}) {
      delivered = 0;
      IssueCounts issues = read(sound(ByteOrder.LITTLE_ENDIAN).compressed(type).file());

      assertEquals(12, delivered);
      assertTrue(issues.isEmpty(), issues.toString());
    }
  }

  @Test
  void countsCompressedRecordsThatDoNotExpand() throws IOException {
    byte[] junk = new byte[100];
    Arrays.fill(junk, (byte) 0x5a);
    IssueCounts issues =
        read(
            sound(ByteOrder.LITTLE_ENDIAN)
                .record(RecordType.COMPRESSED, 0, buffer -> buffer.put(junk))
                .record(RecordType.COMPRESSED2, 0, buffer -> buffer.putLong(1 << 20).put(junk))
                .file());

    assertEquals(12, delivered);
    assertEquals(2, issues.count(Issue.DAMAGED_CHUNK));
  }

  @Test
  void stopsExpandingBombs() throws IOException {
    PerfFileBuilder bomb = sound(ByteOrder.LITTLE_ENDIAN);
    byte[] zeros = new byte[65_000];
    for (int i = 0; i < 2000; i++) {
      bomb.record(79, 0, buffer -> buffer.put(zeros));
    }
    byte[] file = bomb.compressed(RecordType.COMPRESSED).file();
    assertTrue(file.length < 100_000, file.length + " bytes");

    assertTrue(rejected(file).toString().contains("expands to at most 67108864 bytes"));
  }

  @Test
  void rejectsCompressedRecordsThatHoldNoRecords() throws IOException {
    byte[] file =
        new PerfFileBuilder(ByteOrder.LITTLE_ENDIAN)
            .event(1, 0, BASIC, 5)
            .raw(new byte[1 << 20])
            .compressed(RecordType.COMPRESSED)
            .file();

    assertTrue(rejected(file).toString().contains("expected compressed records of at least 8"));
  }

  @Test
  void survivesMutations() throws IOException {
    Mutator mutator =
        new Mutator(
            SEED,
            List.of(
                sound(ByteOrder.LITTLE_ENDIAN).file(),
                sound(ByteOrder.BIG_ENDIAN).file(),
                sound(ByteOrder.LITTLE_ENDIAN).compressed(RecordType.COMPRESSED).file(),
                sound(ByteOrder.LITTLE_ENDIAN).compressed(RecordType.COMPRESSED2).file(),
                sound(ByteOrder.LITTLE_ENDIAN).pipe(),
                sound(ByteOrder.BIG_ENDIAN).pipe()));
    int understood = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutator.next();
      try {
        read(input);
        readPipe(input);
        understood++;
      } catch (TraceFormatException e) {
        assertTrue(e.offset() >= 0, e.toString());
      } catch (RuntimeException | Error e) {
        Path find = Files.createTempFile("perf-data-find", ".bin");
        Files.write(find, input);
        throw new AssertionError("mutation %d of seed %d, kept in %s".formatted(i, SEED, find), e);
      }
    }
    assertTrue(understood > INPUTS / 20, understood + " were still understood");
  }

  @Test
  void survivesTheFindsOfEarlierMutations() throws IOException, URISyntaxException {
    Path finds = Path.of(Objects.requireNonNull(getClass().getResource("finds")).toURI());
    try (Stream<Path> files = Files.list(finds)) {
      List<Path> all = files.sorted().toList();
      assertTrue(!all.isEmpty());
      for (Path find : all) {
        byte[] input = Files.readAllBytes(find);
        try {
          assertTrue(!read(input).isEmpty(), find + " passes for sound");
        } catch (TraceFormatException e) {
          assertTrue(e.offset() >= 0, e.toString());
        }
      }
    }
  }

  private static PerfFileBuilder sound(ByteOrder order) {
    PerfFileBuilder builder =
        new PerfFileBuilder(order)
            .event(1, 0, BASIC, 5)
            .event(2, 9, BASIC, 6)
            .feature(
                Feature.TRACING_DATA,
                buffer -> {
                  buffer.put("\u0017\bDtracing0.6\0".getBytes(StandardCharsets.ISO_8859_1));
                  buffer.put((byte) (order == ByteOrder.BIG_ENDIAN ? 1 : 0)).put((byte) 8);
                  buffer.putInt(4096).put("header_page\0".getBytes(StandardCharsets.US_ASCII));
                  buffer.putLong(0).put("header_event\0".getBytes(StandardCharsets.US_ASCII));
                  buffer.putLong(0).putInt(0).putInt(1);
                  buffer.put("sched\0".getBytes(StandardCharsets.US_ASCII)).putInt(1);
                  buffer.putLong(FORMAT.length());
                  buffer.put(FORMAT.getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0);
                })
            .feature(
                Feature.HOSTNAME,
                buffer -> {
                  buffer.putInt(8);
                  PerfFileBuilder.text(buffer, "machine");
                })
            .feature(Feature.SAMPLE_TIME, buffer -> buffer.putLong(10).putLong(30));
    for (int i = 0; i < 6; i++) {
      addRecords(builder, i);
    }
    return builder;
  }

  private static void addRecords(PerfFileBuilder builder, int i) {
    int time = 100 * i;
    builder.record(
        RecordType.MMAP2,
        RecordType.MISC_USER,
        buffer -> {
          buffer.putInt(9).putInt(9).putLong(0x1000L * i).putLong(0x1800).putLong(0);
          buffer.putInt(0).putInt(0).putLong(0).putLong(0).putInt(5).putInt(2);
          PerfFileBuilder.text(buffer, "/no/such/object");
          buffer.putInt(9).putInt(9).putLong(time + 1).putLong(5).putInt(1).putInt(0);
        });
    builder.record(
        RecordType.FORK,
        0,
        buffer -> {
          buffer.putInt(9 + i).putInt(9).putInt(9 + i).putInt(9).putLong(time + 2);
          buffer.putInt(9).putInt(9).putLong(time + 2).putLong(5).putInt(1).putInt(0);
        });
    for (int event = 5; event <= 6; event++) {
      long id = event;
      builder.record(
          RecordType.SAMPLE,
          RecordType.MISC_USER,
          buffer -> {
            buffer.putLong(0x1100).putInt(9).putInt(9).putLong(time + 50 - id).putLong(id);
            buffer.putInt(1).putInt(0).putLong(4).putLong(-128).putLong(-4096).putLong(-512);
            buffer.putLong(0x1200).putInt(20).putShort((short) 9).putShort((short) 0).putInt(9);
            buffer.putInt(4 << 16 | 16).putInt(33).put(new byte[] {'a', 'b', 'c', 0});
          });
    }
    builder.record(RecordType.FINISHED_ROUND, 0, buffer -> {});
  }

  private TraceFormatException rejected(byte[] bytes) {
    return assertThrows(TraceFormatException.class, () -> read(bytes));
  }

  private IssueCounts read(byte[] bytes) throws IOException {
    Path file = directory.resolve("perf.data");
    Files.write(file, bytes);
    try (PerfData data = PerfData.open(file, SymbolSources.none())) {
      data.readBoth(new CountingSink(), new ReadingSink());
      return data.issues();
    }
  }

  private void readPipe(byte[] bytes) {
    if (bytes.length > 8 && bytes[8] == 16) {
      PerfData data = PerfData.of(new ByteArrayInputStream(bytes), "p", SymbolSources.none());
      data.readBoth(new CountingSink(), new ReadingSink());
    }
  }

  private final class CountingSink implements SampleSink {
    @Override
    public void sample(Sample sample) {
      delivered++;
      boolean idle = sample.idle();
      assertTrue(sample.depth() >= 1 && (!idle || sample.tid() == 0));
      for (int i = 0; i < sample.depth(); i++) {
        assertTrue(!sample.frame(i).symbol().isEmpty());
      }
    }

    @Override
    public void lost(LostEvents lost) {
      assertTrue(lost.cpu() >= 0);
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      assertTrue(cpu >= 0);
    }
  }

  /** Reads all fields, as text and as numbers. */
  private static final class ReadingSink implements EventSink {
    private long sum;

    @Override
    public void event(Event event) {
      event
          .format()
          .allFields()
          .forEach(
              field -> {
                sum += event.number(field) + event.text(field).length();
                for (int i = 0; i < Math.min(event.length(field), 100); i++) {
                  sum += event.element(field, i);
                }
              });
    }

    @Override
    public void lost(LostEvents lost) {
      sum += lost.count();
    }
  }
}
