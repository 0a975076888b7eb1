package besser.trace.dat;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.MemoryEvent;
import besser.trace.TraceFormatException;
import besser.trace.format.ReportLine;
import besser.trace.format.ReportStyle;
import besser.trace.fuzz.Mutator;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reads damaged files. Whatever the damage, reading ends soon, and either says where the structure
 * broke or counts what was wrong. Replay one input with {@code -Dfuzz.seed=SEED -Dfuzz.inputs=1}.
 */
class TraceDatFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 1000);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
  private static final long MILLIS_LIMIT = 20_000;
  private static final Path REGRESSIONS = Path.of("src/test/resources/besser/trace/fuzz/tracedat");

  @TempDir Path directory;

  private byte[] sound(int version, Compression compression, ByteOrder order) throws IOException {
    TraceMetadata metadata = SampleMetadata.of(order, 8);
    Path file = directory.resolve("sound.dat");
    List<EventFormat> formats = metadata.catalogue(8, "", new IssueCounts()).formats();
    try (TraceDatSink sink =
        new TraceDatSink(file, metadata, WriteOptions.of(version, compression))) {
      MemoryEvent event = new MemoryEvent(formats.getFirst());
      for (int i = 0; i < 150; i++) {
        event.begin(formats.get(i % formats.size()), 1_000_000L * i, i % 2, i % 5, "task");
        for (Field field : event.format().fields()) {
          if (field.kind().isText()) {
            event.set(field, "some text");
          } else if (field.kind() == Field.Kind.DYNAMIC_ARRAY) {
            event.set(field, new long[] {1, 2, 3});
          }
        }
        if (i == 100) {
          sink.lost(new LostEvents(0, 1, 5));
        }
        sink.event(event);
      }
    }
    return Files.readAllBytes(file);
  }

  /** Reads everything an event has. */
  private static final class Reader implements EventSink {
    private final ReportLine line;
    private final StringBuilder text = new StringBuilder();

    Reader(ReportLine line) {
      this.line = line;
    }

    @Override
    public void event(Event event) {
      text.setLength(0);
      line.append(text, event);
      for (Field field : event.format().allFields()) {
        text.append(event.number(field)).append(event.text(field));
        int length = Math.min(event.length(field), 100);
        for (int i = 0; i < length; i++) {
          text.append(event.element(field, i));
        }
      }
    }

    @Override
    public void lost(LostEvents lost) {
      line.append(text, lost);
    }
  }

  private static void readAll(Path file) throws IOException {
    try (TraceDat dat = TraceDat.open(file)) {
      for (TraceDat.Buffer buffer : dat.buffers()) {
        ReportLine line =
            new ReportLine(dat.textContext(ReportStyle.TRACE_CMD_3_1), buffer.source().clock());
        buffer.source().readInTimeOrder(new Reader(line));
        buffer
            .source()
            .readEachCpu(
                _ ->
                    new Reader(
                        new ReportLine(
                            dat.textContext(ReportStyle.AS_DECLARED), buffer.source().clock())));
      }
    } catch (TraceFormatException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("expected"), e.getMessage());
    }
  }

  private void check(byte[] input, String replay) throws IOException {
    Path file = directory.resolve("damaged.dat");
    Files.write(file, input);
    long start = System.nanoTime();
    try {
      readAll(file);
    } catch (RuntimeException | Error e) {
      Path kept = Path.of("target", "fuzz-tracedat-" + replay.hashCode() + ".dat");
      Files.write(kept, input);
      fail("%s (input kept as %s)".formatted(replay, kept), e);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(millis < MILLIS_LIMIT, () -> replay + " took " + millis + " ms");
  }

  @ParameterizedTest
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  @CsvSource({"6, NONE, little", "7, NONE, big", "7, ZLIB, little", "7, ZSTD, little"})
  void survivesDamage(int version, Compression compression, String order) throws IOException {
    ByteOrder byteOrder = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] sound = sound(version, compression, byteOrder);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + INPUTS; seed++) {
      byte[] damaged = new Mutator(new Random(seed)).mutate(sound);
      String replay =
          "mvn test -pl trace -Dtest=TraceDatFuzzTest -Dfuzz.seed=%d -Dfuzz.inputs=1 (%d %s %s)"
              .formatted(seed, version, compression, order);
      check(damaged, replay);
    }
  }

  @Test
  void survivesEarlierFinds() throws IOException {
    try (Stream<Path> finds = Files.list(REGRESSIONS)) {
      for (Path find : finds.sorted().toList()) {
        check(Files.readAllBytes(find), find.toString());
      }
    }
  }

  @Test
  void survivesEveryTruncation() throws IOException {
    byte[] sound = sound(7, Compression.ZSTD, ByteOrder.LITTLE_ENDIAN);
    int step = Math.max(1, sound.length / 300);
    for (int length = 0; length < sound.length; length += step) {
      check(java.util.Arrays.copyOf(sound, length), "cut to " + length + " bytes");
    }
  }
}
