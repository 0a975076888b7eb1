package besser.bench;

import besser.bes2600.driver.Variant;
import besser.bes2600.station.Load;
import besser.bes2600.station.SimulatedStation;
import besser.bes2600.station.StepResult;
import besser.forecast.profile.Profile;
import besser.forecast.profile.ProfileReader;
import besser.forecast.profile.StationMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole simulated device under the ramp's heaviest load, 4 MB/s offered: one operation is one
 * virtual second, so that the score is virtual seconds per second on one core. Beside it stand the
 * events of the event queue and the switches between fibers, per second of real time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 4)
@Fork(
    value = 1,
    jvmArgsAppend = {"@.mvn/besser.args", "@.mvn/simulating.args"})
public class SimulationBenchmark {
  private static final Load LOAD = new Load(4_000_000, 1);

  /** The driver as it is, and the planned change. */
  @Param({"relay", "direct"})
  public String variant = "";

  /** What happened, as rates beside the score. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Rates {
    /** Events of the event queue. */
    public long events;

    /** Times that one fiber was left for another. */
    public long fiberSwitches;
  }

  private Optional<SimulatedStation> booted = Optional.empty();

  @Setup
  public void boot() throws IOException {
    Path home = Path.of(System.getProperty("besser.home", "."));
    Profile profile = ProfileReader.read(home.resolve("profiles").resolve("pinetab2.yaml"));
    SimulatedStation station =
        new SimulatedStation(StationMapping.of(profile, 1), Variant.of(variant), 1);
    station.boot();
    booted = Optional.of(station);
  }

  @Benchmark
  public StepResult virtualSecond(Rates rates) {
    SimulatedStation station = booted.orElseThrow();
    long events = station.machine().eventsFired();
    long switches = station.machine().fiberSwitches();
    StepResult result = station.runStep(LOAD, _ -> true);
    rates.events += station.machine().eventsFired() - events;
    rates.fiberSwitches += station.machine().fiberSwitches() - switches;
    return result;
  }
}
