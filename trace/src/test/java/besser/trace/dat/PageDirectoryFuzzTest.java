package besser.trace.dat;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.Field;
import besser.trace.LostEvents;
import besser.trace.TraceFormatException;
import besser.trace.format.ReportLine;
import besser.trace.format.ReportStyle;
import besser.trace.format.TextContext;
import besser.trace.fuzz.Mutator;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads directories of raw pages of which one or two files are damaged or gone. Whatever the
 * damage, reading ends soon, and either says where the structure broke or counts what was wrong.
 * Replay one input with {@code -Dfuzz.seed=SEED -Dfuzz.inputs=1}.
 */
class PageDirectoryFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 500);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
  private static final long MILLIS_LIMIT = 20_000;

  /** A file of the directory, with {@code +} for {@code /} in its name, then {@code ~} and why. */
  private static final Path REGRESSIONS = Path.of("src/test/resources/besser/trace/fuzz/pages");

  @TempDir Path directory;

  private Map<String, byte[]> sound(ByteOrder order) throws IOException {
    TraceMetadata metadata = SampleMetadata.of(order, 8);
    SampleDirectory.writeMetadata(directory, metadata);
    for (int cpu = 0; cpu < 2; cpu++) {
      Path place = Files.createDirectories(directory.resolve("per_cpu/cpu" + cpu));
      Files.write(place.resolve("trace_pipe_raw"), SampleDirectory.pages(metadata, cpu, 300));
      Files.writeString(place.resolve("stats"), "entries: 300\noverrun: 0\ndropped events: 0\n");
    }
    Files.writeString(directory.resolve("kallsyms"), "ffffffff81000000 T _text\n");
    Files.writeString(directory.resolve("printk_formats"), "0xffffffff82000000 : \"text %d\\n\"\n");
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Reads everything an event has. */
  private record Reader(ReportLine line, StringBuilder text) implements EventSink {
    Reader(TextContext context, String clock) {
      this(new ReportLine(context, clock), new StringBuilder());
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

  private void readAll() throws IOException {
    try (PageDirectory pages = PageDirectory.open(directory)) {
      String clock = pages.source().clock();
      TextContext context = pages.textContext(ReportStyle.TRACE_CMD_3_1);
      pages.source().readInTimeOrder(new Reader(context, clock));
      pages
          .source()
          .readEachCpu(_ -> new Reader(pages.textContext(ReportStyle.AS_DECLARED), clock));
      assertTrue(pages.stats().size() <= 2, pages.stats()::toString);
    } catch (TraceFormatException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("expected"), e.getMessage());
    }
  }

  private void check(String replay) {
    long start = System.nanoTime();
    try {
      readAll();
    } catch (IOException | RuntimeException | Error e) {
      fail(replay, e);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(millis < MILLIS_LIMIT, () -> replay + " took " + millis + " ms");
  }

  @ParameterizedTest
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  @ValueSource(strings = {"little", "big"})
  void survivesDamage(String order) throws IOException {
    ByteOrder byteOrder = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    Map<String, byte[]> sound = sound(byteOrder);
    List<String> names = new ArrayList<>(sound.keySet());
    for (long seed = FIRST_SEED; seed < FIRST_SEED + INPUTS; seed++) {
      Random random = new Random(seed);
      List<String> damaged = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        String name = names.get(random.nextInt(names.size()));
        damaged.add(name);
        damage(directory.resolve(name), random);
      }
      check(
          "mvn test -pl trace -Dtest=PageDirectoryFuzzTest -Dfuzz.seed=%d -Dfuzz.inputs=1 (%s %s)"
              .formatted(seed, order, damaged));
      for (String name : damaged) {
        Files.write(directory.resolve(name), sound.getOrDefault(name, new byte[0]));
      }
    }
  }

  private static void damage(Path file, Random random) throws IOException {
    if (random.nextInt(20) == 0) {
      Files.deleteIfExists(file);
    } else if (Files.exists(file)) {
      Files.write(file, new Mutator(random).mutate(Files.readAllBytes(file)));
    }
  }

  @Test
  void survivesKeptInputs() throws IOException {
    Map<String, byte[]> sound = sound(ByteOrder.LITTLE_ENDIAN);
    try (Stream<Path> finds = Files.list(REGRESSIONS)) {
      for (Path find : finds.sorted().toList()) {
        String kept = String.valueOf(find.getFileName());
        String name = kept.substring(0, kept.indexOf('~')).replace('+', '/');
        Files.copy(find, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        check(find.toString());
        Files.write(directory.resolve(name), sound.getOrDefault(name, new byte[0]));
      }
    }
  }
}
