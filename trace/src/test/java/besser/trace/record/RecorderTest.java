package besser.trace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Event;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.dat.Compression;
import besser.trace.dat.TraceCmd;
import besser.trace.dat.TraceDat;
import besser.trace.dat.WriteOptions;
import besser.trace.format.ReportLine;
import besser.trace.format.ReportStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records from the kernel this runs on; needs root, tracefs and trace-cmd, and fails without. */
class RecorderTest {
  private static final Pattern REPORT_LINE =
      Pattern.compile("^.{16,}?-\\d+ +\\[(\\d+)] +[0-9.]+: ([^ :]+): .*");

  @TempDir Path directory;

  private static RecordingPlan plan(String... events) {
    List<EventChoice> choices = new ArrayList<>();
    for (String event : events) {
      choices.add(EventChoice.of(event));
    }
    return RecordingPlan.of(choices, List.of());
  }

  /** Makes the kernel do some of everything: processes, files, timers, packets. */
  private static void load(Path scratch) throws IOException {
    try {
      for (int i = 0; i < 20; i++) {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    for (int i = 0; i < 50; i++) {
      Files.write(scratch.resolve("file" + i), new byte[64 << 10]);
    }
    try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
      byte[] payload = new byte[500];
      java.net.InetAddress loopback = java.net.InetAddress.getLoopbackAddress();
      for (int i = 0; i < 2000; i++) {
        socket.send(
            new java.net.DatagramPacket(payload, payload.length, loopback, socket.getLocalPort()));
      }
    }
  }

  private static Map<String, Long> countsOf(TraceDat.Buffer buffer) {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    buffer
        .source()
        .readEachCpu(
            cpu ->
                new EventSink() {
                  @Override
                  public void event(Event event) {
                    counts.merge(cpu + " " + event.format().name(), 1L, Long::sum);
                  }

                  @Override
                  public void lost(LostEvents lost) {
                    counts.merge(cpu + " lost", 1L, Long::sum);
                  }
                });
    return new TreeMap<>(counts);
  }

  private static Map<String, Long> countsOf(List<String> report) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : report) {
      Matcher matcher = REPORT_LINE.matcher(line);
      if (matcher.matches()) {
        int cpu = Integer.parseInt(matcher.group(1));
        counts.merge(cpu + " " + matcher.group(2), 1L, Long::sum);
      }
    }
    return counts;
  }

  @ParameterizedTest
  @CsvSource({"6, NONE, NONE", "7, NONE, NONE", "7, ZSTD, NONE", "7, ZSTD, ZSTD"})
  void recordsWhatTraceCmdReadsWithTheSameCountsAndTexts(
      int version, Compression compression, Compression whileRecording)
      throws IOException, RecordingException {
    WriteOptions options = WriteOptions.of(version, compression);
    assertTraceCmdReadsTheSame(options, whileRecording, () -> load(directory), 1000);
  }

  @Test
  void recordsAMachineWithoutLoadAsTraceCmdReadsIt() throws IOException, RecordingException {
    WriteOptions options = WriteOptions.of(7, Compression.ZSTD);
    // the recorder's own timers and switches are all there is
    assertTraceCmdReadsTheSame(options, Compression.ZSTD, RecorderTest::waitForHalfASecond, 10);
  }

  /** What is to happen while it records. */
  private interface Load {
    void run() throws IOException;
  }

  private static void waitForHalfASecond() throws IOException {
    try {
      assertEquals(0, new ProcessBuilder("sleep", "0.5").start().waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void assertTraceCmdReadsTheSame(
      WriteOptions options, Compression whileRecording, Load load, int atLeast)
      throws IOException, RecordingException {
    Path file = directory.resolve("trace.dat");
    Recorder.Outcome outcome;
    try (Recorder recorder =
        Recorder.prepare(
            Tracefs.mounted(),
            plan("workqueue", "sched", "irq", "net", "napi", "skb", "timer", "kmem:kfree"))) {
      recorder.startToDisk(file, whileRecording);
      load.run();
      outcome = recorder.stop(options);
      assertFalse(Files.exists(Path.of(recorder.instanceDirectory())));
    }

    List<String> lines = new ArrayList<>();
    Map<String, Long> counts;
    try (TraceDat dat = TraceDat.open(file)) {
      TraceDat.Buffer buffer = dat.mainBuffer();
      counts = countsOf(buffer);
      assertEquals("mono", buffer.source().clock());
      ReportLine line =
          new ReportLine(dat.textContext(ReportStyle.TRACE_CMD_3_1), buffer.source().clock());
      buffer.source().readInTimeOrder(new LineSink(line, lines));
      assertTrue(dat.issues().isEmpty(), dat.issues().toString());
      assertEquals(outcome.stats(), buffer.stats());
    }
    assertEquals(0, outcome.lost());
    assertTrue(counts.values().stream().mapToLong(Long::longValue).sum() > atLeast, "" + counts);
    List<String> report = TraceCmd.report(file);
    assertEquals(countsOf(report), counts);
    assertEquals(String.join("\n", report), String.join("\n", lines));
    try (java.util.stream.Stream<Path> left = Files.list(directory)) {
      assertEquals(
          List.of(),
          left.map(String::valueOf).filter(name -> name.matches(".*dat[.]cpu\\d+")).toList());
    }
  }

  private record LineSink(ReportLine line, List<String> lines) implements EventSink {
    @Override
    public void event(Event event) {
      StringBuilder text = new StringBuilder();
      line.append(text, event);
      text.toString().lines().forEach(lines::add);
    }

    @Override
    public void lost(LostEvents lost) {
      StringBuilder text = new StringBuilder();
      line.append(text, lost);
      lines.add(text.toString());
    }
  }

  @Test
  void filtersInTheKernel() throws IOException, RecordingException {
    Path file = directory.resolve("trace.dat");
    RecordingPlan plan =
        RecordingPlan.of(
            List.of(new EventChoice("sched:sched_process_exec", "filename ~ \"*/true\"")),
            List.of());
    try (Recorder recorder = Recorder.prepare(Tracefs.mounted(), plan)) {
      recorder.startToDisk(file);
      load(directory);
      new ProcessBuilder("false").start();
      recorder.stop(WriteOptions.of(7, Compression.NONE));
    }

    List<String> programs = new ArrayList<>();
    try (TraceDat dat = TraceDat.open(file)) {
      dat.mainBuffer().source().readInTimeOrder(new ProgramNames(programs));
    }
    assertTrue(programs.size() >= 20, programs.toString());
    assertTrue(programs.stream().allMatch(name -> name.endsWith("/true")), programs.toString());
  }

  private record ProgramNames(List<String> names) implements EventSink {
    @Override
    public void event(Event event) {
      names.add(event.text(event.format().field("filename")));
    }

    @Override
    public void lost(LostEvents lost) {
      names.add(lost.toString());
    }
  }

  @Test
  void handsEventsOutLiveAndStoresNothing() throws IOException, RecordingException {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    try (Recorder recorder = Recorder.prepare(Tracefs.mounted(), plan("sched", "irq"))) {
      recorder.startLive(_ -> _ -> new SystemCounter(counts));
      load(directory);
      Recorder.Outcome outcome = recorder.stop(WriteOptions.of(7, Compression.NONE));
      assertEquals(Path.of(""), outcome.file());
      assertEquals(
          outcome.stats().stream().mapToLong(stats -> stats.read()).sum(),
          counts.values().stream().mapToLong(Long::longValue).sum());
    }
    assertTrue(counts.containsKey("sched"), counts.toString());
    assertTrue(counts.containsKey("irq"), counts.toString());
  }

  @Test
  void handsEventsOfAllCpusOutLiveInTheOrderOfTheirTime() throws IOException, RecordingException {
    Ordered ordered = new Ordered();
    try (Recorder recorder = Recorder.prepare(Tracefs.mounted(), plan("sched", "irq", "timer"))) {
      recorder.startLiveInOrder(_ -> ordered);
      for (int i = 0; i < 5; i++) {
        load(directory);
      }
      Recorder.Outcome outcome = recorder.stop(WriteOptions.of(7, Compression.NONE));
      assertEquals(0, outcome.lost());
      assertEquals(outcome.stats().stream().mapToLong(stats -> stats.read()).sum(), ordered.events);
    }
    assertTrue(ordered.events > 1000, "" + ordered.events);
    assertTrue(ordered.cpus.size() > 1, ordered.cpus.toString());
    assertEquals(0, ordered.backwards);
  }

  private static final class Ordered implements EventSink {
    private final java.util.Set<Integer> cpus = new java.util.TreeSet<>();
    private long lastNanos;
    private long events;
    private long backwards;

    @Override
    public void event(Event event) {
      backwards += event.timeNanos() < lastNanos ? 1 : 0;
      lastNanos = event.timeNanos();
      events++;
      cpus.add(event.cpu());
    }

    @Override
    public void lost(LostEvents lost) {
      throw new AssertionError(lost);
    }
  }

  private record SystemCounter(Map<String, Long> counts) implements EventSink {
    @Override
    public void event(Event event) {
      counts.merge(event.format().system(), 1L, Long::sum);
    }

    @Override
    public void lost(LostEvents lost) {
      counts.merge("lost", 1L, Long::sum);
    }
  }

  @Test
  void refusesEventsThatDoNotExistAndNamesTheNearest() throws RecordingException {
    Tracefs tracefs = Tracefs.mounted();
    RecordingException e =
        assertThrows(
            RecordingException.class,
            () -> Recorder.prepare(tracefs, plan("sched:sched_swich", "workqeue")));

    String message = String.valueOf(e.getMessage());
    assertTrue(
        message.contains("event sched:sched_swich does not exist; nearest are sched:sched_switch"),
        message);
    assertTrue(
        message.contains("event group workqeue does not exist; nearest are workqueue"), message);
  }

  @Test
  void refusesAFilterWithTheKernelsOwnWords() throws RecordingException {
    Tracefs tracefs = Tracefs.mounted();
    RecordingPlan plan =
        RecordingPlan.of(
            List.of(new EventChoice("sched:sched_switch", "nosuchfield == 1")), List.of());

    RecordingException e =
        assertThrows(RecordingException.class, () -> Recorder.prepare(tracefs, plan));

    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("nosuchfield == 1"), message);
    assertTrue(message.contains("Field not found"), message);
  }

  @Test
  void removesWhatAKilledRunLeftBehind() throws IOException, RecordingException {
    Tracefs tracefs = Tracefs.mounted();
    Path instances = Path.of(tracefs.path("instances"));
    // a pid beyond the kernel's limit cannot be in use
    Path stale = Files.createDirectory(instances.resolve("besser_99999999_1_1"));
    Files.writeString(stale.resolve("events/sched/enable"), "1");

    Recorder.prepare(tracefs, plan("sched:sched_switch")).close();

    assertFalse(Files.exists(stale));
    try (java.util.stream.Stream<Path> left = Files.list(instances)) {
      String mine = "besser_" + ProcessHandle.current().pid() + "_";
      assertEquals(
          List.of(),
          left.map(path -> String.valueOf(path.getFileName()))
              .filter(name -> name.startsWith(mine))
              .toList());
    }
  }

  @Test
  void leavesInstancesOfRunningProcessesAlone() throws IOException, RecordingException {
    Tracefs tracefs = Tracefs.mounted();
    try (TraceInstance running = TraceInstance.create(tracefs)) {
      assertFalse(TraceInstance.removeStale(tracefs).contains(running.group()));
      assertTrue(Files.exists(Path.of(running.directory())));
    }
  }

  private Process startRecordingProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            RecordUntilKilled.class.getName(),
            directory.resolve("trace.dat").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path instanceOf(Process recording) throws IOException {
    try (java.io.BufferedReader out = recording.inputReader()) {
      return Path.of(String.valueOf(out.readLine()));
    }
  }

  @Test
  void removesItsInstanceWhenInterrupted() throws IOException, InterruptedException {
    Process recording = startRecordingProcess();
    Path instance = instanceOf(recording);
    assertTrue(Files.exists(instance), instance.toString());

    recording.destroy();
    recording.waitFor();

    assertFalse(Files.exists(instance), instance.toString());
  }

  @Test
  void findsTheInstanceOfAKilledProcessAndRemovesIt()
      throws IOException, InterruptedException, RecordingException {
    Process recording = startRecordingProcess();
    Path instance = instanceOf(recording);

    recording.destroyForcibly().waitFor();

    assertTrue(Files.exists(instance), instance.toString());
    List<String> removed = TraceInstance.removeStale(Tracefs.mounted());
    assertTrue(removed.contains(String.valueOf(instance.getFileName())), removed.toString());
    assertFalse(Files.exists(instance), instance.toString());
  }

  @Test
  void placesKprobesOrSaysThatTheKernelHasNone() throws IOException, RecordingException {
    Tracefs tracefs = Tracefs.mounted();
    RecordingPlan plan =
        RecordingPlan.of(
            List.of(),
            List.of(
                new KprobeChoice("read_call", "vfs_read", KprobeChoice.Where.ENTRY, List.of())));
    if (!Files.exists(Path.of(tracefs.path("kprobe_events")))) {
      RecordingException e =
          assertThrows(RecordingException.class, () -> Recorder.prepare(tracefs, plan));
      assertTrue(String.valueOf(e.getMessage()).contains("no kprobe_events"), e.getMessage());
      return;
    }
    Path file = directory.resolve("trace.dat");
    try (Recorder recorder = Recorder.prepare(tracefs, plan)) {
      recorder.startToDisk(file);
      load(directory);
      recorder.stop(WriteOptions.of(7, Compression.NONE));
    }
    try (TraceDat dat = TraceDat.open(file)) {
      Map<String, Long> counts = countsOf(dat.mainBuffer());
      assertTrue(counts.keySet().stream().allMatch(key -> key.endsWith(" read_call")));
    }
    assertFalse(tracefs.read("kprobe_events").contains("read_call"));
  }
}
