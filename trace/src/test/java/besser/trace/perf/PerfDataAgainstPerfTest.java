package besser.trace.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.EventSink;
import besser.trace.Frame;
import besser.trace.Issue;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.text.PerfScriptText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records this machine with the real perf and holds what we read against what perf prints. */
class PerfDataAgainstPerfTest {
  private static final int ENOUGH_SAMPLES = 500;
  private static final Pattern SWITCH =
      Pattern.compile(
          ".*sched_switch:.*prev_comm=(.*) prev_pid=(\\d+) .* ==> next_comm=(.*) next_pid=(\\d+) .*");

  @TempDir Path directory;

  @Test
  void readsProfilesOfAllCpusAsPerfPrintsThem() throws IOException {
    Path file = PerfTool.record(directory, "all.data", "-a", "-g", "-e", "cpu-clock", "-F", "2999");

    assertSameSamples(file);
    assertSameChains(file);
    assertSameReport(file, 50);
    assertSameText(file);
  }

  @Test
  void readsProfilesOfAMachineWithoutLoad() throws IOException {
    Path file =
        PerfTool.recordIdle(directory, "idle.data", "-a", "-g", "-e", "cpu-clock", "-F", "2999");

    assertSameSamples(file);
    assertSameChains(file);
    assertSameReport(file, 1);
    assertSameText(file);
  }

  /** What perf prints, read as text, says the same as the file. */
  private void assertSameText(Path file) throws IOException {
    Path text = directory.resolve("script.txt");
    Files.write(text, PerfTool.script(file, "--max-stack", "200"));
    List<String> fromText = new ArrayList<>();
    try (PerfScriptText script = PerfScriptText.open(text)) {
      script.readSamples(new SampleCollector(sample -> fromText.add(summaryOf(sample))));
      assertTrue(script.issues().isEmpty(), script.issues().toString());
    }
    List<String> fromFile = new ArrayList<>();
    read(
        file,
        sample -> {
          if (!((PerfSample) sample).chainBroken()) {
            fromFile.add(summaryOf(sample));
          }
        });
    fromText.removeIf(line -> line.endsWith(" []"));
    assertEquals(fromFile.size(), fromText.size());
    for (int i = 0; i < fromFile.size(); i++) {
      assertEquals(fromFile.get(i), fromText.get(i));
    }
  }

  private static String summaryOf(Sample sample) {
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < sample.depth(); i++) {
      Frame frame = sample.frame(i);
      if (frame.space() != Frame.Space.OTHER) {
        frames.add(frame.symbol() + " in " + frame.module());
      }
    }
    return "%s %d %d %d %d %s %s %s"
        .formatted(
            sample.comm().strip(),
            sample.tid(),
            sample.cpu(),
            sample.timeNanos() / 1000,
            sample.period(),
            sample.eventName(),
            sample.idle(),
            frames);
  }

  @Test
  void readsCompressedRecords() throws IOException {
    Path file =
        PerfTool.record(directory, "z.data", "-z", "-a", "-g", "-e", "cpu-clock", "-F", "2999");

    assertSameSamples(file);
    assertSameChains(file);
  }

  @Test
  void readsPipes() throws IOException {
    Path file = PerfTool.recordPipe(directory, "pipe.data", "-a", "-g", "-e", "cpu-clock");

    assertSameSamples(file);
    assertSameChains(file);
  }

  @Test
  void readsSeveralEventsWithTracepoints() throws IOException {
    Path file =
        PerfTool.record(
            directory,
            "several.data",
            "-a",
            "-e",
            "cpu-clock,sched:sched_switch,sched:sched_process_exit,page-faults");

    assertSameSamples(file);
    assertSameSwitches(file);
  }

  private static void assertSameSwitches(Path file) throws IOException {
    List<String> mine = new ArrayList<>();
    try (PerfData data = PerfData.open(file, SymbolSources.none())) {
      data.readInTimeOrder(
          new EventSink() {
            @Override
            public void event(Event event) {
              EventFormat format = event.format();
              if (format.qualifiedName().equals("sched:sched_switch")) {
                mine.add(
                    "%s-%d -> %s-%d"
                        .formatted(
                            event.text(format.field("prev_comm")),
                            event.number(format.field("prev_pid")),
                            event.text(format.field("next_comm")),
                            event.number(format.field("next_pid"))));
              }
            }

            @Override
            public void lost(LostEvents lost) {
              throw new AssertionError("perf lost events: " + lost);
            }
          });
      assertEquals("perf", data.clock());
      assertTrue(data.issues().isEmpty(), data.issues().toString());
    }
    List<String> printed = new ArrayList<>();
    for (String line : PerfTool.script(file, "-F", "event,trace")) {
      Matcher matcher = SWITCH.matcher(line);
      if (matcher.matches()) {
        printed.add(
            "%s-%s -> %s-%s"
                .formatted(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
      }
    }
    assertTrue(mine.size() > 100, mine.size() + " switches");
    assertEquals(printed, mine);
  }

  @Test
  void readsSeveralEventsOutOfPipes() throws IOException {
    Path file =
        PerfTool.recordPipe(
            directory, "several.pipe", "-a", "-g", "-e", "cpu-clock,sched:sched_switch");

    assertSameSamples(file);
    assertSameChains(file);
  }

  @Test
  void readsCopiedStacksAndRegisters() throws IOException {
    Path file =
        PerfTool.record(
            directory,
            "dwarf.data",
            "--sample-cpu",
            "-e",
            "cpu-clock:u",
            "--call-graph",
            "dwarf,4096");

    assertSameSamples(file);
    long[] copied = new long[2];
    read(
        file,
        sample -> {
          SampleBody body = ((PerfSample) sample).body();
          copied[0] += body.stackBytes();
          copied[1] += body.userRegisterCount();
        });
    assertTrue(copied[0] > 0 && copied[1] > 0);
  }

  @Test
  void readsAddressesPagesAndGroupedCounters() throws IOException {
    Path file =
        PerfTool.record(
            directory,
            "addresses.data",
            "-d",
            "--sample-cpu",
            "--data-page-size",
            "--code-page-size",
            "-e",
            "{page-faults,cpu-clock}:S");

    assertSameSamples(file, 5);
    Map<Long, Long> mine = new TreeMap<>();
    read(
        file,
        sample -> {
          PerfSample detailed = (PerfSample) sample;
          if (detailed.event().index() == 0) {
            mine.merge(detailed.dataAddress(), 1L, Long::sum);
          }
        });
    Map<Long, Long> printed = new TreeMap<>();
    for (String line : PerfTool.script(file, "-F", "event,addr")) {
      if (line.contains("page-faults")) {
        String address = line.substring(line.lastIndexOf(':') + 1).strip();
        printed.merge(Long.parseUnsignedLong(address, 16), 1L, Long::sum);
      }
    }
    assertEquals(printed, mine);
  }

  @Test
  void readsInterruptRegistersBehindCgroups() throws IOException {
    Path file =
        PerfTool.record(
            directory,
            "registers.data",
            "-a",
            "--intr-regs=ax,ip",
            "--all-cgroups",
            "-T",
            "-W",
            "-e",
            "cpu-clock");

    assertSameSamples(file);
    read(
        file,
        sample -> {
          PerfSample detailed = (PerfSample) sample;
          if (detailed.inKernel()) {
            assertEquals(2, detailed.body().interruptRegisterCount());
            assertEquals(detailed.address(0), detailed.body().interruptRegister(1));
          }
          assertTrue(detailed.body().cgroup() != 0);
        });
  }

  private static void assertSameSamples(Path file) throws IOException {
    assertSameSamples(file, ENOUGH_SAMPLES);
  }

  private static void assertSameSamples(Path file, int atLeast) throws IOException {
    List<PerfTool.PrintedSample> mine = new ArrayList<>();
    read(
        file,
        sample ->
            mine.add(
                new PerfTool.PrintedSample(
                    sample.comm().strip(),
                    sample.pid(),
                    sample.tid(),
                    sample.cpu(),
                    sample.timeNanos(),
                    sample.period(),
                    sample.eventName(),
                    sample.address(0),
                    sample.frame(0).symbol(),
                    sample.frame(0).module())));
    List<PerfTool.PrintedSample> printed = PerfTool.samples(file);
    assertTrue(mine.size() >= atLeast, "only " + mine.size() + " samples");
    assertEquals(printed.size(), mine.size());
    for (int i = 0; i < mine.size(); i++) {
      assertEquals(printed.get(i), mine.get(i), "sample " + i);
    }
  }

  /** Addresses inside an object are printed relative to it, so names are what can be compared. */
  private static void assertSameChains(Path file) throws IOException {
    List<List<String>> mine = new ArrayList<>();
    read(
        file,
        sample -> {
          List<String> frames = new ArrayList<>();
          for (int i = 0; i < sample.depth() && !((PerfSample) sample).chainBroken(); i++) {
            Frame frame = sample.frame(i);
            frames.add("%s (%s)".formatted(frame.symbol(), frame.module()));
          }
          mine.add(frames);
        });
    List<List<String>> printed = new ArrayList<>();
    for (String line : PerfTool.script(file, "-F", "time,ip,sym,dso", "--max-stack", "200")) {
      if (line.matches("\\s*[0-9]+\\.[0-9]{6}:\\s*")) {
        printed.add(new ArrayList<>());
      } else if (!line.isBlank()) {
        printed.getLast().add(line.strip().replaceFirst("^[0-9a-f]+ ", ""));
      }
    }
    assertEquals(printed.size(), mine.size());
    for (int i = 0; i < mine.size(); i++) {
      assertEquals(printed.get(i), mine.get(i), "chain of sample " + i);
    }
  }

  private static void assertSameReport(Path file, int atLeast) throws IOException {
    Map<String, Long> mine = new TreeMap<>();
    read(
        file,
        sample -> {
          Frame frame = sample.frame(0);
          if (!frame.symbol().equals(Frame.UNKNOWN_SYMBOL)) {
            String mark = frame.space() == Frame.Space.KERNEL ? "[k] " : "[.] ";
            mine.merge(mark + frame.symbol(), 1L, Long::sum);
          }
        });
    Map<String, Long> reported = new TreeMap<>();
    List<String> lines =
        PerfTool.lines(
            List.of(
                "perf",
                "report",
                "-i",
                file.toString(),
                "--stdio",
                "--no-demangle",
                "-g",
                "none",
                "--no-children",
                "-F",
                "sample,sym"));
    for (String line : lines) {
      String[] parts = line.strip().split("\\s+", 2);
      if (!line.startsWith("#") && parts.length == 2 && !parts[1].matches("\\[.] 0x[0-9a-f]+")) {
        // functions of one name are several lines
        reported.merge(parts[1].strip(), Long.parseLong(parts[0]), Long::sum);
      }
    }
    assertEquals(differing(reported, mine), differing(mine, reported));
    assertTrue(mine.size() >= atLeast, "only " + mine.size() + " symbols");
  }

  private static Map<String, Long> differing(Map<String, Long> counts, Map<String, Long> other) {
    Map<String, Long> differing = new TreeMap<>(counts);
    differing.entrySet().removeAll(other.entrySet());
    return differing;
  }

  private static void read(Path file, Consumer<Sample> each) {
    try (PerfData data = PerfData.open(file, SymbolSources.ofThisMachine())) {
      data.readSamples(new SampleCollector(each));
      Map<Issue, Long> issues = new EnumMap<>(Issue.class);
      issues.putAll(data.issues().counts());
      if (data.features().commandLine().contains("-z")) {
        // perf record 6.1 can leave the last record unflushed
        issues.remove(Issue.TRUNCATED_DATA);
      }
      assertEquals(Map.of(), issues);
    }
  }

  private record SampleCollector(Consumer<Sample> each) implements SampleSink {
    @Override
    public void sample(Sample sample) {
      each.accept(sample);
    }

    @Override
    public void lost(LostEvents lost) {
      throw new AssertionError("perf lost samples: " + lost);
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      // this kernel throttles at any frequency it likes; samples are what is compared
    }
  }
}
