package besser.rig.real;

import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.metrics.MetricDefinition;
import besser.metrics.Window;
import besser.metrics.measure.Instruments;
import besser.rig.device.RepetitionRequest;
import besser.rig.run.LiveStep;
import besser.rig.run.WatchPoint;
import besser.rig.traffic.Reception;
import besser.rig.traffic.TrafficWatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows a running step to those who watch it, once a second. Trace and samples are read from the
 * files that the step streams to anyway, and only while somebody watches: counting them costs
 * processor time, which matters when this machine is the device.
 */
final class LiveView implements AutoCloseable {
  private static final int GOODPUT_SECONDS = 60;

  private final WatchPoint watchPoint;
  private final RepetitionRequest request;
  private final Protocol.Step step;
  private final LiveStep.Done rampBefore;
  private final Reception reception;
  private final LiveCapture capture;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private final Deque<Double> goodput = new ArrayDeque<>();
  private volatile long startedNanos;
  private volatile boolean started;
  private volatile boolean watched;
  private long bytesBefore;
  private long nanosBefore;

  /** The parts of a step that are looked at. */
  record Shown(
      RepetitionRequest request,
      Protocol.Step step,
      LiveStep.Done rampBefore,
      Reception reception,
      StepCapture capture) {}

  LiveView(WatchPoint watchPoint, DeviceClock clock, Shown shown) {
    this.watchPoint = watchPoint;
    this.request = shown.request;
    this.step = shown.step;
    this.rampBefore = shown.rampBefore;
    this.reception = shown.reception;
    this.capture =
        new LiveCapture(
            shown.capture,
            instruments(request.plan()),
            () -> new Window(step.id(), clock.onDevice(startedNanos), step.duration()));
    this.thread = Thread.ofPlatform().daemon().name("live-view").start(this::run);
  }

  /** The rates that can be counted CPU by CPU while they come in. */
  private static Instruments instruments(Plan plan) {
    return Instruments.of(
        plan.metrics().stream()
            .filter(metric -> LiveStep.isRate(metric.source()))
            .map(LiveView::definition)
            .toList());
  }

  private static MetricDefinition definition(Metric metric) {
    return new MetricDefinition(metric.id(), metric.unit(), metric.source());
  }

  /** Learns from the load when it began, and hands on to another watch. */
  TrafficWatch noting(TrafficWatch watch) {
    return new TrafficWatch() {
      @Override
      public boolean stopRequested() {
        return watch.stopRequested();
      }

      @Override
      public void at(double secondsDone, long sentBytes) {
        if (!started) {
          startedNanos = System.nanoTime() - Math.round(secondsDone * 1e9);
          started = true;
        }
        watch.at(secondsDone, sentBytes);
      }
    };
  }

  /** What the record is to say of having been watched. */
  Optional<String> note() {
    return watched
        ? Optional.of("watched: besser counted events and samples while the step ran")
        : Optional.empty();
  }

  private void run() {
    try {
      while (!ended.await(1, TimeUnit.SECONDS)) {
        sampleGoodput();
        if (!started || !watchPoint.isWatched()) continue;
        watched = true;
        capture.look();
        watchPoint.show(live());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watchPoint.end(request.id());
      capture.close();
    }
  }

  private void sampleGoodput() {
    long now = System.nanoTime();
    long bytes = reception.bytesSoFar();
    if (!started) return;
    long before = nanosBefore == 0 ? startedNanos : nanosBefore;
    double rate = (bytes - bytesBefore) * 1e9 / Math.max(1, now - before);
    goodput.add(Math.rint(Math.max(0, rate)));
    if (goodput.size() > GOODPUT_SECONDS) goodput.remove();
    bytesBefore = bytes;
    nanosBefore = now;
  }

  private LiveStep live() {
    double length = step.duration().toMillis() / 1000.0;
    double done = Math.min(length, (System.nanoTime() - startedNanos) / 1e9);
    return new LiveStep(
        request.id(),
        request.arm(),
        step.id(),
        step.offeredBytesPerSecond(),
        new LiveStep.Done(done, length),
        new LiveStep.Done(rampBefore.seconds() + done, rampBefore.ofSeconds()),
        new ArrayList<>(goodput),
        capture.rates(),
        capture.symbols(),
        capture.samples());
  }

  /** Ends looking, before the files go that are looked at. */
  void end() {
    ended.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
  }
}
