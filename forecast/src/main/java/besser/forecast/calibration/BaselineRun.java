package besser.forecast.calibration;

import besser.bes2600.driver.Variant;
import besser.bes2600.station.Load;
import besser.bes2600.station.SimulatedStation;
import besser.bes2600.station.StationParameters;
import besser.bes2600.station.StepResult;
import besser.bes2600.station.StepWatcher;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Profile;
import java.util.concurrent.atomic.AtomicLong;

/** One run of the driver as shipped under the plan's load, and the figures it gives. */
public final class BaselineRun {
  private static final String UNLOCK = "_raw_spin_unlock_irqrestore";
  private static final double WARM_UP_SECONDS = 5;

  private final SimulatedStation station;
  private final StepResult step;
  private final Figures figures;

  private BaselineRun(SimulatedStation station, StepResult step, Figures figures) {
    this.station = station;
    this.step = step;
    this.figures = figures;
  }

  /** Boots a device, lets the load settle for 5 s, and measures for the length of the load. */
  public static BaselineRun of(StationParameters parameters, long seed, Load load) {
    SimulatedStation station = new SimulatedStation(parameters, Variant.RELAY, seed);
    AtomicLong workStarts = new AtomicLong();
    station.boot();
    station.runStep(new Load(load.offeredBytesPerSecond(), WARM_UP_SECONDS), StepWatcher.NONE);
    station
        .machine()
        .tracepoints()
        .enable("workqueue:workqueue_execute_start", record -> workStarts.incrementAndGet());
    Profile profile = station.machine().profile();
    profile.clear();
    profile.enable();
    StepResult step = station.runStep(load, StepWatcher.NONE);
    double seconds = step.seconds();
    Figures figures =
        new Figures(
            step.meanGoodput(),
            share(profile),
            workStarts.get() / seconds,
            step.counters().get("driver.wsm_commands") / seconds);
    return new BaselineRun(station, step, figures);
  }

  private static double share(Profile profile) {
    long busy = profile.busySamples();
    return busy == 0 ? 0 : (double) samplesOf(profile.root()) / busy;
  }

  private static long samplesOf(CallNode node) {
    long sum = 0;
    for (CallNode child : node.children()) {
      if (child.function().name().equals(UNLOCK)) sum += child.samples();
      sum += samplesOf(child);
    }
    return sum;
  }

  /** The device after the run. */
  public SimulatedStation station() {
    return station;
  }

  /** The measured step. */
  public StepResult step() {
    return step;
  }

  /** The figures. */
  public Figures figures() {
    return figures;
  }
}
