package besser.rig.simulated;

import besser.experiment.plan.Protocol;
import besser.metrics.SecondSeries;
import besser.metrics.WindowFigures;
import besser.rig.device.RepetitionRequest;
import besser.rig.run.LiveStep;
import besser.rig.run.WatchPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows a simulated repetition to those who watch it, once a second of this machine's time. It only
 * reads, so that a run is the same bit by bit whether it is watched or not.
 */
final class LiveSimulation implements AutoCloseable {
  private static final long EVERY_NANOS = 1_000_000_000L;
  private static final int GOODPUT_SECONDS = 60;
  private static final int RATE_SECONDS = 3;

  private final WatchPoint watchPoint;
  private final RepetitionRequest request;
  private long shownNanos = System.nanoTime() - EVERY_NANOS;

  LiveSimulation(WatchPoint watchPoint, RepetitionRequest request) {
    this.watchPoint = watchPoint;
    this.request = request;
  }

  /**
   * What there is to show of a step.
   *
   * @param goodput of every second that is over, in bytes
   * @param figures of the step's window, with everything that was measured by now
   */
  record Shown(
      Protocol.Step step,
      LiveStep.Done stepProgress,
      LiveStep.Done rampProgress,
      List<Long> goodput,
      WindowFigures figures,
      TopSymbols symbols) {}

  /** Shows a step when somebody watches and a second has passed since it last was shown. */
  void second(Supplier<Shown> shown) {
    long now = System.nanoTime();
    if (now - shownNanos < EVERY_NANOS) return;
    shownNanos = now;
    if (watchPoint.isWatched()) watchPoint.show(live(shown.get()));
  }

  private LiveStep live(Shown shown) {
    List<Long> bytes = shown.goodput();
    List<Double> goodput = new ArrayList<>();
    for (long count : bytes.subList(Math.max(0, bytes.size() - GOODPUT_SECONDS), bytes.size())) {
      goodput.add((double) count);
    }
    int last = (int) Math.floor(shown.stepProgress().seconds()) - 1;
    return new LiveStep(
        request.id(),
        request.arm(),
        shown.step().id(),
        shown.step().offeredBytesPerSecond(),
        shown.stepProgress(),
        shown.rampProgress(),
        goodput,
        rates(shown, last),
        shown.symbols().shares(),
        shown.symbols().samples());
  }

  private List<LiveStep.Rate> rates(Shown shown, int last) {
    List<LiveStep.Rate> rates = new ArrayList<>();
    for (SecondSeries series : shown.figures().series()) {
      boolean rate = LiveStep.isRate(request.plan().metric(series.metric()).source());
      if (rate && last >= 0 && last < series.size()) rates.add(rate(series, last));
    }
    return rates;
  }

  private static LiveStep.Rate rate(SecondSeries series, int last) {
    int first = Math.max(0, last - RATE_SECONDS + 1);
    double sum = 0;
    for (int second = first; second <= last; second++) sum += series.value(second);
    return new LiveStep.Rate(
        series.metric(), Math.rint(sum / (last - first + 1) * 10) / 10, series.unit().symbol());
  }

  @Override
  public void close() {
    watchPoint.end(request.id());
  }
}
