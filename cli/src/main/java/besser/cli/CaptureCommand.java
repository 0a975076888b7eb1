package besser.cli;

import besser.experiment.json.Json;
import besser.metrics.KernelProbe;
import besser.metrics.MetricDefinition;
import besser.metrics.capture.Analysis;
import besser.metrics.capture.Capture;
import besser.metrics.capture.CaptureFigures;
import besser.metrics.capture.CaptureFiles;
import besser.metrics.capture.LiveAnalysis;
import besser.metrics.capture.RecordingSession;
import besser.metrics.measure.Requirements;
import besser.report.text.CaptureText;
import besser.trace.dat.Compression;
import besser.trace.dat.WriteOptions;
import besser.trace.perf.SymbolSources;
import besser.trace.perf.record.PerfRecordOptions;
import besser.trace.record.EventChoice;
import besser.trace.record.KprobeChoice;
import besser.trace.record.Recorder;
import besser.trace.record.RecordingException;
import besser.trace.record.RecordingPlan;
import besser.trace.record.Tracefs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser capture}: records this machine's kernel. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = {
      "Records kernel events, and with --perf CPU samples, of this machine: for a time, while a",
      "command runs, or until Ctrl-C. Uses a tracefs instance of its own, and removes it. With",
      "--plan, --metric or --table also prints the figures; with --no-store nothing but them.",
      "Needs root.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  besser capture --events workqueue,sched,irq --duration 10s --out cap",
      "  besser capture --events sched:sched_switch --perf --out cap -- make -j2",
      "  besser capture --events sched --filter 'sched:sched_switch prev_pid != 0' --out cap",
      "  besser capture --kprobe '__wake_up wq_head=$arg1' --duration 1m --zstd --out cap",
      "  besser capture --plan patch-c --no-store --duration 30s",
      "  besser metrics cap                             what was recorded"
    })
final class CaptureCommand implements Callable<Integer> {
  @Option(
      names = "--events",
      split = ",",
      paramLabel = "EVENT",
      description = "groups (sched) or events (sched:sched_switch) to record")
  private List<String> events = List.of();

  @Option(
      names = "--filter",
      paramLabel = "EVENT EXPR",
      description = "record only what passes, as the kernel filters: 'irq irq == 42'")
  private List<String> filters = List.of();

  @Option(
      names = "--kprobe",
      paramLabel = "FUNCTION [FIELD=FETCH…]",
      description = "probe a function's entry (or return, after r:)")
  private List<String> kprobes = List.of();

  @Option(names = "--perf", description = "also sample the CPUs, with call chains")
  private boolean perf;

  @Option(
      names = "--frequency",
      defaultValue = "997",
      paramLabel = "HZ",
      description = "samples per second and CPU (default: ${DEFAULT-VALUE})")
  private int frequencyHertz;

  @Option(
      names = "--sample",
      defaultValue = "cpu-clock",
      paramLabel = "EVENT",
      description = "what perf samples by (default: ${DEFAULT-VALUE})")
  private String sampled = "";

  @Option(
      names = "--clock",
      defaultValue = "mono",
      paramLabel = "CLOCK",
      description = "trace clock (default: ${DEFAULT-VALUE}, which perf shares)")
  private String clock = "";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "how long: 10s, 500ms, 5m (default: until the command ends, or Ctrl-C)")
  private Optional<String> duration = Optional.empty();

  @Option(names = "--out", paramLabel = "DIR", description = "where the capture goes")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = {"--zstd", "--compress"},
      description = "compress the trace.dat while recording; about a quarter of the size")
  private boolean zstd;

  @Option(names = "--no-store", description = "compute figures while recording; store nothing")
  private boolean noStore;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "after --: record while this command runs")
  private List<String> command = List.of();

  @Mixin private CaptureOptions options = new CaptureOptions();

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() throws IOException, RecordingException {
    List<MetricDefinition> definitions = options.definitions();
    Analysis analysis = options.analysis(definitions);
    Optional<RecordingPlan> plan = recordingPlan(analysis.requirements());
    if (plan.isEmpty() && !perf) {
      throw new BadInput("what to record? for example --events sched,irq, or --perf");
    }
    try (RecordingEnd end = new RecordingEnd(duration.map(Durations::parse), command, terminal)) {
      if (noStore) {
        return live(definitions, analysis, plan, end);
      }
      Path directory = freshDirectory();
      boolean finished = store(directory, plan, end);
      if (!options.isEmpty()) {
        print(definitions, analysis, directory);
      }
      return finished ? ExitStatus.DONE : ExitStatus.INTERRUPTED;
    }
  }

  private Path freshDirectory() throws IOException {
    Path directory =
        out.orElseThrow(() -> new BadInput("where to? --out DIR, or --no-store for figures only"));
    if (Files.isDirectory(directory)) {
      try (Stream<Path> there = Files.list(directory)) {
        if (there.findAny().isPresent()) {
          throw new BadInput(directory + " is not empty; name another directory for --out");
        }
      }
    }
    return directory;
  }

  /** Records to disk; false when it was ended by a signal. */
  private boolean store(Path directory, Optional<RecordingPlan> plan, RecordingEnd end)
      throws IOException, RecordingException {
    Optional<PerfRecordOptions> profile =
        perf
            ? Optional.of(
                PerfRecordOptions.allCpus(directory.resolve(CaptureFiles.PERF))
                    .atHertz(frequencyHertz)
                    .sampling(List.of(sampled)))
            : Optional.empty();
    try (RecordingSession session =
        RecordingSession.start(directory, plan, writeOptions(), profile)) {
      boolean finished = end.await(session::progress, () -> closeOnSignal(session));
      RecordingSession.Outcome outcome = session.stop();
      say(directory, outcome);
      return finished;
    }
  }

  private static void closeOnSignal(AutoCloseable recording) {
    try {
      recording.close();
    } catch (Exception e) {
      System.err.println("besser: " + e.getMessage());
    }
  }

  private WriteOptions writeOptions() {
    Compression compression = zstd ? Compression.ZSTD : Compression.NONE;
    return new WriteOptions(7, compression, uname(), "besser " + Version.number(), 0);
  }

  private static String uname() {
    return "Linux "
        + System.getProperty("os.version", "")
        + " "
        + System.getProperty("os.arch", "");
  }

  private void say(Path directory, RecordingSession.Outcome outcome) {
    String traced =
        outcome
            .trace()
            .map(
                trace ->
                    ", %,d KiB of pages, buffers of %,d KiB a CPU"
                        .formatted(trace.bytes() >> 10, trace.bufferKilobytes()))
            .orElse("");
    terminal.say("%s: %.1f s%s".formatted(directory, outcome.length().toNanos() / 1e9, traced));
    outcome.trace().filter(trace -> trace.lost() > 0).ifPresent(this::sayLost);
  }

  private void sayLost(Recorder.Outcome trace) {
    terminal.say(
        "LOST %,d events: the reader could not keep up; record fewer events, or filter them"
            .formatted(trace.lost()));
  }

  private void print(List<MetricDefinition> definitions, Analysis analysis, Path directory)
      throws IOException {
    SymbolSources symbols = SymbolSources.ofThisMachine().cleaned();
    try (Capture capture = Capture.open(directory, symbols)) {
      show(definitions, analysis.of(capture));
    }
  }

  private void show(List<MetricDefinition> definitions, CaptureFigures figures) {
    if (options.json()) {
      terminal.print(Json.page(List.of(CaptureJson.of(figures, options))).stripTrailing());
    } else {
      terminal.print(
          new CaptureText(figures, definitions, terminal.outStyle(), options.rows())
              .lines(options.perSecond()));
    }
  }

  private Integer live(
      List<MetricDefinition> definitions,
      Analysis analysis,
      Optional<RecordingPlan> plan,
      RecordingEnd end)
      throws RecordingException, IOException {
    if (perf || plan.isEmpty()) {
      throw new BadInput("--no-store takes no --perf: perf needs a file; leave one of them out");
    }
    if (!clock.equals(RecordingPlan.MONOTONIC)) {
      throw new BadInput("--no-store needs the clock mono, got " + clock);
    }
    boolean finished;
    CaptureFigures figures;
    try (Recorder recorder = Recorder.prepare(Tracefs.mounted(), plan.get())) {
      recorder.leaveShutdownToCaller();
      LiveAnalysis taking = analysis.live();
      taking.start(recorder);
      finished = end.await(recorder::progress, () -> closeOnSignal(recorder));
      long endNanos = System.nanoTime();
      Recorder.Outcome outcome = recorder.stop(writeOptions());
      if (outcome.lost() > 0) sayLost(outcome);
      figures = taking.figures("this machine", endNanos, outcome.stats());
    }
    show(definitions, figures);
    return finished ? ExitStatus.DONE : ExitStatus.INTERRUPTED;
  }

  /** What was named, and what the metrics need beside it. */
  private Optional<RecordingPlan> recordingPlan(Requirements needed) {
    Map<String, EventChoice> choices = new LinkedHashMap<>();
    try {
      for (String event : events) {
        choices.put(event, EventChoice.of(event));
      }
      needed.events().stream()
          .sorted()
          .filter(event -> !choices.containsKey(event.substring(0, event.indexOf(':'))))
          .forEach(event -> choices.putIfAbsent(event, EventChoice.of(event)));
      for (String filter : filters) {
        int blank = filter.indexOf(' ');
        if (blank < 0) {
          throw new BadInput("--filter must be an event and an expression, got " + filter);
        }
        String event = filter.substring(0, blank);
        choices.put(event, new EventChoice(event, filter.substring(blank + 1).strip()));
      }
      List<KprobeChoice> probes = probes(needed);
      if (choices.isEmpty() && probes.isEmpty()) {
        return Optional.empty();
      }
      RecordingPlan usual = RecordingPlan.of(List.copyOf(choices.values()), probes);
      return Optional.of(usual.onClock(clock));
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private List<KprobeChoice> probes(Requirements needed) {
    Map<String, KprobeChoice> probes = new LinkedHashMap<>();
    for (String text : kprobes) {
      KprobeChoice probe = KprobeChoice.parse(text);
      probes.put(probe.event(), probe);
    }
    for (KernelProbe probe : needed.probes()) {
      probes.putIfAbsent(
          probe.eventName(),
          new KprobeChoice(
              probe.eventName(), probe.function(), KprobeChoice.Where.ENTRY, probe.arguments()));
    }
    return new ArrayList<>(probes.values());
  }
}
