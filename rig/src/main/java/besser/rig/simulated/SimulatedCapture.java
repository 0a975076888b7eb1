package besser.rig.simulated;

import besser.bes2600.station.SimulatedStation;
import besser.bes2600.station.StationCounters;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.kernel.KernelFunction;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskStats;
import besser.kernel.observe.Profile;
import besser.metrics.CaptureKind;
import besser.metrics.KernelProbe;
import besser.metrics.MetricDefinition;
import besser.metrics.Window;
import besser.metrics.match.AddressNames;
import besser.metrics.measure.EnvironmentSink;
import besser.metrics.measure.Instruments;
import besser.metrics.measure.Measurement;
import besser.metrics.measure.Requirements;
import besser.rig.run.FramePath;
import besser.trace.EventCatalogue;
import besser.trace.EventSink;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Attaches to a simulated station what a rig attaches to a real device: the tracepoints and probes
 * that the plan's metrics need, a profiler, and the counters of the environment.
 */
final class SimulatedCapture {
  private final SimulatedStation station;
  private final Machine machine;
  private final KernelEvents events;
  private final Instruments instruments;
  private Optional<Recording> recording = Optional.empty();
  private Optional<SavedCapture> saved = Optional.empty();
  private final List<Long> goodput = new ArrayList<>();
  private StationCounters previous;
  private boolean profiling;
  private long busyBefore;
  private long idleBefore;

  /**
   * The CPU samples of a step.
   *
   * @param stacks folded, one stack a line
   * @param samples outside the idle loop
   * @param idleSamples in the idle loop
   */
  record FoldedProfile(String stacks, long samples, long idleSamples) {}

  SimulatedCapture(SimulatedStation station, Plan plan) {
    this.station = station;
    this.machine = station.machine();
    this.events = new KernelEvents(machine);
    this.previous = station.counters();
    this.instruments =
        Instruments.of(
            plan.metrics().stream()
                .filter(metric -> !metric.overRepetitions())
                .map(SimulatedCapture::definition)
                .toList());
  }

  private static MetricDefinition definition(Metric metric) {
    return new MetricDefinition(metric.id(), metric.unit(), metric.source());
  }

  /** A stretch of trace, and how to stop adding to it. */
  private record Recording(
      FramePathRecorder recorder, Map<Integer, String> worksAtStart, List<Runnable> stops) {}

  /** Starts measuring; the station is up and idle. */
  Measurement begin(List<Window> windows) {
    Measurement measurement = instruments.measure(windows);
    Requirements needed = instruments.requirements();
    List<String> wanted = eventsAndProbes(needed);
    EventSink sink =
        measurement.events(
            new EventCatalogue(wanted.stream().map(events::format).toList()),
            AddressNames.asMet(this::symbolAt));
    wanted.forEach(event -> events.enable(event, sink));
    if (needed.captures().contains(CaptureKind.PROFILE)) {
      machine.profile().listen(new KernelSamples(machine, measurement.samples()));
    }
    readCpuTimes();
    previous = station.counters();
    return measurement;
  }

  private List<String> eventsAndProbes(Requirements needed) {
    Set<String> wanted = new TreeSet<>(needed.events());
    needed.optionalEvents().stream()
        .filter(event -> machine.tracepoints().find(event).isPresent())
        .forEach(wanted::add);
    needed.probes().stream().map(KernelProbe::qualifiedName).forEach(wanted::add);
    return List.copyOf(wanted);
  }

  private String symbolAt(long address) {
    return machine.symbols().resolve(address).map(KernelFunction::name).orElse("");
  }

  /** Whether to take CPU samples from now on. */
  void profile(boolean wanted) {
    profiling = wanted;
    goodput.clear();
    machine.profile().clear();
    readCpuTimes();
    if (wanted) {
      machine.profile().enable();
    } else {
      machine.profile().disable();
    }
  }

  /** Also keeps all that is measured from now on; to be called behind {@link #begin}. */
  SavedCapture save(Path directory, String device, Measurement measurement) {
    SavedCapture kept = new SavedCapture(directory, device, machine, events);
    SampleSink both = new SamplesToBoth(measurement.samples(), kept.samples());
    machine.profile().listen(new KernelSamples(machine, both));
    saved = Optional.of(kept);
    return kept;
  }

  /** The samples since {@link #profile}, where it was wanted. */
  Optional<FoldedProfile> takeProfile() {
    if (!profiling) return Optional.empty();
    machine.profile().disable();
    return Optional.of(
        new FoldedProfile(
            FoldedStacks.of(machine.profile().root()),
            machine.profile().busySamples(),
            idleSamples()));
  }

  /** Bytes that reached the program in each second since {@link #profile}. */
  List<Long> goodput() {
    return goodput;
  }

  /** Where the samples since {@link #profile} landed; none when it was not wanted. */
  TopSymbols topSymbols() {
    return profiling ? TopSymbols.of(machine.profile().root()) : new TopSymbols(List.of(), 0);
  }

  /** Reads the counters of the environment, once a second. */
  void second(Measurement measurement) {
    EnvironmentSink measured = measurement.environment();
    EnvironmentSink sink = saved.map(kept -> both(measured, kept.environment())).orElse(measured);
    // The reading belongs to the second that has just ended.
    long at = machine.nowNanos() - 1;
    StationCounters counters = station.counters();
    long busy = busyNanos();
    long idle = idleNanos();
    long passed = busy - busyBefore + idle - idleBefore;
    if (passed > 0) sink.value("cpu.busy", at, (double) (busy - busyBefore) / passed);
    readCpuTimes();
    sink.value("net.tx_bytes", at, (double) counters.get("host.tx_bytes"));
    sink.value("net.rx_dropped", at, (double) counters.get("driver.rx_dropped"));
    sink.value("tcp.retransmits", at, (double) counters.get("tcp.retransmissions"));
    StationCounters lastSecond = counters.since(previous);
    previous = counters;
    goodput.add(lastSecond.get("host.goodput_bytes"));
    long transfers = lastSecond.get("driver.rx_transfers");
    if (transfers > 0) {
      double frames = lastSecond.get("driver.rx_frames");
      sink.value("sdio.frames_per_transfer", at, frames / transfers);
    }
  }

  private record SamplesToBoth(SampleSink first, SampleSink second) implements SampleSink {
    @Override
    public void sample(Sample sample) {
      first.sample(sample);
      second.sample(sample);
    }

    @Override
    public boolean wantsIdle() {
      return first.wantsIdle() || second.wantsIdle();
    }

    @Override
    public void lost(LostEvents lost) {
      first.lost(lost);
      second.lost(lost);
    }

    @Override
    public void throttled(int cpu, long timeNanos) {
      first.throttled(cpu, timeNanos);
      second.throttled(cpu, timeNanos);
    }
  }

  private static EnvironmentSink both(EnvironmentSink first, EnvironmentSink second) {
    return (series, timeNanos, value) -> {
      first.value(series, timeNanos, value);
      second.value(series, timeNanos, value);
    };
  }

  private void readCpuTimes() {
    busyBefore = busyNanos();
    idleBefore = idleNanos();
  }

  private long busyNanos() {
    Profile profile = machine.profile();
    long sum = 0;
    for (int cpu = 0; cpu < profile.cpus(); cpu++) sum += profile.busyNanos(cpu);
    return sum;
  }

  private long idleSamples() {
    Profile profile = machine.profile();
    long sum = 0;
    for (int cpu = 0; cpu < profile.cpus(); cpu++) sum += profile.idleSamples(cpu);
    return sum;
  }

  private long idleNanos() {
    Profile profile = machine.profile();
    long sum = 0;
    for (int cpu = 0; cpu < profile.cpus(); cpu++) sum += profile.idleNanos(cpu);
    return sum;
  }

  /** Keeps the trace of what comes now, for {@link #framePath}. */
  void record() {
    FramePathRecorder recorder = new FramePathRecorder();
    List<Runnable> stops =
        FramePathRecorder.EVENTS.stream().map(event -> events.enable(event, recorder)).toList();
    recording = Optional.of(new Recording(recorder, works(), stops));
  }

  /** The functions of the work items that tasks are in now, by pid. */
  private Map<Integer, String> works() {
    Map<Integer, String> works = new HashMap<>();
    for (TaskStats task : machine.tasks()) {
      task.work().ifPresent(function -> works.put(task.pid(), function.name()));
    }
    return works;
  }

  /** Stops keeping the trace. */
  void stopRecording() {
    recording.ifPresent(kept -> kept.stops().forEach(Runnable::run));
  }

  /** The way of one batch of frames, where one is in the trace that was kept. */
  Optional<FramePath> framePath(String variant) {
    return recording.flatMap(
        kept -> kept.recorder().path(variant, this::symbolAt, kept.worksAtStart()));
  }
}
