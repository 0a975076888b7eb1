package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.experiment.verdict.Outcome;
import besser.metrics.LinkEnd;
import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import besser.metrics.measure.ByteSink;
import besser.metrics.measure.EnvironmentSink;
import besser.metrics.measure.Measurement;
import besser.rig.connection.Shell;
import besser.rig.device.RepetitionRequest;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.LinkDeath;
import besser.rig.run.LiveStep;
import besser.rig.run.RunDirectory;
import besser.rig.run.SeriesRecord;
import besser.rig.run.StepFigures;
import besser.rig.run.StepRecord;
import besser.rig.traffic.ByteSeries;
import besser.rig.traffic.InterfaceCount;
import besser.rig.traffic.OfferedLoad;
import besser.rig.traffic.ReceivedTraffic;
import besser.rig.traffic.Reception;
import besser.rig.traffic.SentTraffic;
import besser.rig.traffic.StepTraffic;
import besser.rig.traffic.TcpSample;
import besser.rig.traffic.TrafficEnd;
import besser.rig.traffic.TrafficStep;
import besser.rig.traffic.TrafficWatch;
import besser.rig.traffic.Transport;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** One step on one device: load, captures, figures, and what speaks against them. */
final class LinuxStep {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final double STALL_SECONDS = 3;

  private final Target target;
  private final Arms arms;
  private final RepetitionRequest request;
  private final RunDirectory into;
  private final Protocol.Step step;
  private final LiveStep.Done rampBefore;
  private final boolean keepTrace;

  /**
   * @param step with the duration that it is to have
   * @param rampBefore how far the ramp is before it
   */
  LinuxStep(
      Target target,
      Arms arms,
      RepetitionRequest request,
      RunDirectory into,
      Protocol.Step step,
      LiveStep.Done rampBefore,
      boolean keepTrace) {
    this.target = target;
    this.arms = arms;
    this.request = request;
    this.into = into;
    this.step = step;
    this.rampBefore = rampBefore;
    this.keepTrace = keepTrace;
  }

  /** What a step left, and the kernel log that goes with it. */
  record Done(StepRecord record, List<String> kernelLog) {}

  /** Runs it; blocks for its duration and a few seconds. */
  Done run(TrafficWatch watch) {
    Plan plan = request.plan();
    DeviceClock clock = target.clock();
    TrafficStep load = load(plan.device().traffic());
    Path trace = into.repetitionFolder(request.id()).resolve(step.id() + ".dat");
    into.makeRepetitionFolder(request.id());
    try (Reception reception = target.receiver().open(load);
        StepCapture capture = new StepCapture(target, clock, plan, step, trace);
        LiveView live =
            new LiveView(
                into.watchPoint(),
                clock,
                new LiveView.Shown(request, step, rampBefore, reception, capture))) {
      SentTraffic sent = target.sender().send(load, reception.peer(), live.noting(watch));
      live.end();
      if (watch.stopRequested()) throw new RepetitionStopped();
      ReceivedTraffic received = reception.finish(sent);
      // Nothing is known before when the connection of the load would stand.
      Window window =
          new Window(step.id(), clock.onDevice(sent.startedMonotonicNanos()), step.duration());
      if (sent.end() instanceof TrafficEnd.Completed) {
        await(sent.startedMonotonicNanos() + step.duration().toNanos());
      }
      Optional<String> down = interfaceDown();
      StepCapture.Captured captured = capture.stop(window, keepTrace);
      StepTraffic traffic = new StepTraffic(sent, received);
      feed(captured.measurement(), clock, traffic);
      Optional<String> unkept = captured.profile().flatMap(this::keep);
      return new Done(
          record(window, captured.with(live.note()).with(unkept), traffic, down),
          captured.kernelLog().stream().map(KernelLog.Line::toString).toList());
    }
  }

  /** Why the stacks are not kept; the figures that were made of them stand. */
  private Optional<String> keep(ProfileCapture.Folded taken) {
    try {
      into.writeFolded(request.id(), step.id(), taken.stacks());
      return Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.of("the profile's stacks could not be kept: " + e.getMessage());
    }
  }

  private TrafficStep load(DevicePlan.Traffic traffic) {
    Transport transport =
        switch (traffic.transport()) {
          case TCP -> Transport.TCP;
          case UDP -> Transport.UDP;
        };
    return TrafficStep.of(step.id(), transport, step.offeredBytesPerSecond(), step.duration())
        .withTrafficClass(traffic.trafficClass());
  }

  /** Waits until an instant of {@link System#nanoTime}. */
  static void await(long nanos) {
    for (long left; (left = nanos - System.nanoTime()) > 0; ) LockSupport.parkNanos(left);
  }

  private void feed(Measurement measurement, DeviceClock clock, StepTraffic traffic) {
    SentTraffic sent = traffic.sent();
    long started = clock.onDevice(sent.startedMonotonicNanos());
    feed(measurement.bytes(Source.End.RECEIVER), started, traffic.inStep().series());
    feed(measurement.bytes(Source.End.SENDER), started, sent.series());
    EnvironmentSink environment = measurement.environment();
    for (TcpSample sample : sent.tcp()) {
      long at = started + Math.round(sample.atSeconds() * 1e9);
      environment.value("tcp.retransmits", at, (double) sample.info().retransmits());
      environment.value("tcp.rtt", at, sample.info().rttMicros() / 1e6);
    }
  }

  /** Bytes are counted in the middle of their interval, so that no rounding moves them on. */
  private static void feed(ByteSink sink, long startNanos, ByteSeries series) {
    long interval = Math.round(series.intervalSeconds() * 1e9);
    long at = startNanos + interval / 2;
    for (long count : series.bytes()) {
      sink.bytes(at, Math.toIntExact(count));
      at += interval;
    }
  }

  /** Whether the interface is down at the step's end, in words. */
  private Optional<String> interfaceDown() {
    String path = Shell.word("/sys/class/net/" + target.networkInterface() + "/operstate");
    String state = target.shell().run("cat " + path, LIMIT).out().strip();
    return state.equals("down") || state.isEmpty() || state.equals("lowerlayerdown")
        ? Optional.of(
            "interface %s is %s"
                .formatted(target.networkInterface(), state.isEmpty() ? "gone" : state))
        : Optional.empty();
  }

  private StepRecord record(
      Window stepWindow,
      StepCapture.Captured captured,
      StepTraffic traffic,
      Optional<String> down) {
    Measurement measurement = captured.measurement();
    WindowFigures window = measurement.figures().getFirst();
    Optional<LinkDeath> death = death(measurement.linkEnd(0), traffic, down, captured);
    int seconds = (int) Math.ceil(step.duration().toMillis() / 1000.0);
    int plotted = death.map(d -> (int) Math.ceil(d.atSeconds())).orElse(seconds);
    StepFigures figures = new StepFigures(request.plan(), step, window, plotted);
    List<SeriesRecord> series = new ArrayList<>(figures.series());
    series.addAll(EnvironmentSeries.of(captured.environment(), stepWindow.startNanos(), seconds));
    return new StepRecord(
        step.id(),
        step.offeredBytesPerSecond(),
        step.duration().toMillis() / 1000.0,
        figures.figures(),
        figures.unmeasured(),
        series,
        death,
        invalidities(captured, traffic, death),
        notes(captured, traffic),
        captured.profile().map(ProfileCapture.Folded::samples).orElse(0L),
        captured.profile().map(ProfileCapture.Folded::idleSamples).orElse(0L));
  }

  /** Death by the kernel's log or by silence, or because the interface went down under the load. */
  private Optional<LinkDeath> death(
      Optional<LinkEnd> byLog,
      StepTraffic traffic,
      Optional<String> down,
      StepCapture.Captured captured) {
    List<String> log = captured.kernelLog().stream().map(KernelLog.Line::toString).toList();
    if (byLog.isPresent()) {
      List<String> led = byLog.get().kernelLog();
      String reason = led.isEmpty() ? "no byte arrived any more" : led.getLast();
      return Optional.of(new LinkDeath(byLog.get().after().toMillis() / 1000.0, reason, led));
    }
    return down.map(reason -> new LinkDeath(lastByteSeconds(traffic.received()), reason, log));
  }

  private static double lastByteSeconds(ReceivedTraffic received) {
    List<Long> bytes = received.series().bytes();
    int last = 0;
    for (int i = 0; i < bytes.size(); i++) if (bytes.get(i) > 0) last = i + 1;
    return last * received.series().intervalSeconds();
  }

  private List<Outcome.Invalidity> invalidities(
      StepCapture.Captured captured, StepTraffic traffic, Optional<LinkDeath> death) {
    List<Outcome.Invalidity> invalid = new ArrayList<>();
    if (captured.lost() > 0) invalid.add(new Outcome.EventsLost("the trace", captured.lost()));
    captured.broken().ifPresent(why -> invalid.add(new Outcome.Interrupted(why)));
    OfferedLoad load = traffic.load();
    if (load.rate() == OfferedLoad.Rate.MISSED_BY_SENDER) {
      invalid.add(
          new Outcome.OfferedRateMissed(step.offeredBytesPerSecond(), load.sentBytesPerSecond()));
    }
    if (death.isEmpty() && !(traffic.sent().end() instanceof TrafficEnd.Completed)) {
      invalid.add(new Outcome.Interrupted(traffic.sent().end().words()));
    }
    EnvironmentFaults.of(captured.environment()).forEach(invalid::add);
    arms.wrong(target, request.id().variant()).ifPresent(invalid::add);
    return invalid;
  }

  private List<String> notes(StepCapture.Captured captured, StepTraffic traffic) {
    List<String> notes = new ArrayList<>(captured.notes());
    notes.addAll(traffic.sent().notes());
    notes.addAll(traffic.received().notes());
    OfferedLoad load = traffic.load();
    notes.add(
        String.format(
            Locale.ROOT,
            "received by %s: %,d bytes; sent %.0f B/s of %.0f B/s (%s)",
            traffic.received().method(),
            traffic.received().totalBytes(),
            load.sentBytesPerSecond(),
            step.offeredBytesPerSecond(),
            load.rate().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    double stalled = longestStallSeconds(traffic.received().series());
    if (stalled >= STALL_SECONDS) {
      notes.add(String.format(Locale.ROOT, "stalled: no byte arrived for %.1f s", stalled));
    }
    counted(captured.environment(), traffic.received()).ifPresent(notes::add);
    long behind = traffic.inStep().behindBytes();
    if (behind > 0) {
      notes.add(String.format(Locale.ROOT, "%,d bytes came behind the step's end", behind));
    }
    return notes;
  }

  /**
   * What the interface counted from before the load to behind it: by the receiver, which reads the
   * counters when nothing has come yet and when all has, or else by the environment's readings.
   */
  private Optional<String> counted(
      Map<String, List<Environment.Point>> environment, ReceivedTraffic received) {
    Optional<InterfaceCount> exact = received.counters();
    OptionalLong bytes = OptionalLong.empty();
    OptionalLong packets = OptionalLong.empty();
    if (exact.isPresent()) {
      bytes = OptionalLong.of(exact.get().rxBytes());
      packets = OptionalLong.of(exact.get().rxPackets());
    } else {
      bytes = grown(environment, "net.rx_bytes");
      packets = grown(environment, "net.rx_packets");
    }
    return bytes.isEmpty() || packets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "interface %s counted %,d bytes in %,d packets",
                target.networkInterface(),
                bytes.getAsLong(),
                packets.getAsLong()));
  }

  private static OptionalLong grown(Map<String, List<Environment.Point>> environment, String name) {
    List<Environment.Point> points = environment.getOrDefault(name, List.of());
    return points.size() < 2
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(points.getLast().value() - points.getFirst().value()));
  }

  private static double longestStallSeconds(ByteSeries series) {
    int longest = 0;
    int run = 0;
    for (long count : series.bytes()) {
      run = count == 0 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest * series.intervalSeconds();
  }
}
