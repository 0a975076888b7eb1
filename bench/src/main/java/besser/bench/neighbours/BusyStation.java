package besser.bench.neighbours;

import besser.bes2600.driver.Variant;
import besser.bes2600.station.Load;
import besser.bes2600.station.SimulatedStation;
import besser.forecast.profile.Profile;
import besser.forecast.profile.StationMapping;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;

/** A simulated device under 4 MB/s offered that tells what CPU time a stretch of it took. */
final class BusyStation implements Callable<Double> {
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SimulatedStation station;
  private final Load stretch;

  BusyStation(Profile profile, Variant variant, int seed, int seconds) {
    this.station = new SimulatedStation(StationMapping.of(profile, seed), variant, seed);
    this.stretch = new Load(4_000_000, seconds);
    station.boot();
  }

  /** Runs the next stretch; CPU time of this thread in milliseconds per virtual second. */
  @Override
  public Double call() {
    long began = threads.getCurrentThreadCpuTime();
    station.runStep(stretch, _ -> true);
    long took = threads.getCurrentThreadCpuTime() - began;
    return took / NANOS_PER_MILLISECOND / stretch.seconds();
  }
}
