package besser.metrics.capture;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Filter;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Unit;
import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.IssueCounts;
import besser.trace.MemoryEvent;
import besser.trace.TraceFormatException;
import besser.trace.dat.Compression;
import besser.trace.dat.TraceDatSink;
import besser.trace.dat.TraceMetadata;
import besser.trace.dat.WriteOptions;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage that gets past the readers must not end or stall what is computed behind them. */
class DamagedCaptureTest {
  private static final int INPUTS = Integer.getInteger("mutation.inputs", 400);

  /** Seeds that once found something: a compressed buffer in a file without compression. */
  private static final int[] FINDS = {3621};

  private static final String QUEUE = "workqueue:workqueue_queue_work";
  private static final String START = "workqueue:workqueue_execute_start";
  private static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  private static final Analysis EVERYTHING =
      new Analysis(
          List.of(
              new MetricDefinition(
                  "rate",
                  Unit.PER_SECOND,
                  new Source.EventRate(
                      START, Optional.of(Filter.parse("function == rx_work")), Source.Per.SECOND)),
              new MetricDefinition(
                  "delay",
                  Unit.MICROSECONDS,
                  new Source.PairedDuration(QUEUE, START, "work", Optional.empty(), 99)),
              new MetricDefinition(
                  "wait",
                  Unit.MICROSECONDS,
                  new Source.RunQueueWait(Source.WaitAfter.ANY, Optional.empty(), 50))),
          EnumSet.allOf(TableKind.class),
          List.of(),
          Source.Denominator.ALL);

  @TempDir Path directory;

  private static String format(String name, int id, String... fields) {
    StringBuilder text = new StringBuilder("name: " + name + "\nID: " + id + "\n" + COMMON);
    int offset = 8;
    for (String field : fields) {
      boolean text16 = field.endsWith("[16]");
      int size = text16 ? 16 : 8;
      text.append("\tfield:%s;\toffset:%d;\tsize:%d;\tsigned:0;\n".formatted(field, offset, size));
      offset += size;
    }
    return text.append("\nprint fmt: \"\"\n").toString();
  }

  private byte[] sound(Compression compression) throws IOException {
    TraceMetadata metadata =
        TraceMetadata.ofMadeUpMachine(
            List.of(
                new TraceMetadata.EventSystem(
                    "workqueue",
                    List.of(
                        format("workqueue_queue_work", 1, "void * work", "void * function"),
                        format("workqueue_execute_start", 2, "void * work", "void * function"),
                        format("workqueue_execute_end", 3, "void * work"))),
                new TraceMetadata.EventSystem(
                    "sched",
                    List.of(
                        format("sched_wakeup", 4, "char comm[16]", "long pid"),
                        format(
                            "sched_switch",
                            5,
                            "long prev_pid",
                            "long prev_state",
                            "char next_comm[16]",
                            "long next_pid")))),
            "ffff000000001000 t rx_work\n",
            "mono");
    Path file = directory.resolve("sound.dat");
    List<EventFormat> formats =
        List.copyOf(metadata.catalogue(8, "made up", new IssueCounts()).formats());
    try (TraceDatSink sink = new TraceDatSink(file, metadata, WriteOptions.of(7, compression))) {
      MemoryEvent event = new MemoryEvent(formats.getFirst());
      for (int i = 0; i < 300; i++) {
        EventFormat format = formats.get(i % formats.size());
        event.begin(format, 1_000_000L * i, i % 2, 7 + i % 3, "task");
        for (Field field : format.fields()) {
          if (field.kind() == Field.Kind.NUMBER) {
            event.set(field, field.name().equals("function") ? 0xffff000000001000L : i % 4);
          } else {
            event.set(field, "task");
          }
        }
        sink.event(event);
      }
    }
    return Files.readAllBytes(file);
  }

  private static byte[] damaged(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      // most of the file is its pages, at the end; the head has tests of its own
      int at = random.nextInt(random.nextBoolean() ? bytes.length : bytes.length / 4);
      int place = bytes.length - 1 - at;
      bytes[place] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt();
            case 1 -> (byte) 0xff;
            default -> (byte) (bytes[place] ^ 1 << random.nextInt(8));
          };
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"NONE", "ZSTD"})
  void computesOrRefusesWhateverIsDamaged(Compression compression) throws IOException {
    byte[] sound = sound(compression);
    Path file = directory.resolve("damaged.dat");
    int computed = 0;
    for (int i = 0; i < INPUTS + FINDS.length; i++) {
      int seed = i < INPUTS ? i : FINDS[i - INPUTS];
      Files.write(file, damaged(sound, new SplittableRandom(seed)));
      boolean read =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> reads(file), "seed " + seed + " of " + compression);
      computed += read ? 1 : 0;
    }
    assertTrue(computed > 0, "nothing was still readable");
  }

  private static boolean reads(Path file) throws IOException {
    try (Capture capture = Capture.open(file, SymbolSources.none())) {
      return EVERYTHING.of(capture).events().isPresent();
    } catch (TraceFormatException e) {
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(file + " should be refused", e);
    }
  }

  @Test
  void countsEveryEventOfASoundOne() throws IOException {
    sound(Compression.NONE);
    try (Capture capture = Capture.open(directory.resolve("sound.dat"), SymbolSources.none())) {
      CaptureFigures figures = EVERYTHING.of(capture);
      assertTrue(figures.remarks().isEmpty(), figures.remarks()::toString);
      assertTrue(figures.events().orElseThrow().count() == 300, "" + figures.events());
    }
  }
}
