package besser.bench.neighbours;

import besser.bes2600.driver.Variant;
import besser.forecast.profile.Profile;
import besser.forecast.profile.ProfileReader;
import besser.kernel.fiber.CarrierThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Compares the CPU time of a simulated machine alone with that of two side by side, on threads that
 * lie next to each other in the JVM's memory and on threads that are kept apart.
 */
public final class NeighbourComparison {
  private static final int ROUNDS = 7;

  private final List<BusyStation> pair;

  private NeighbourComparison(List<BusyStation> pair) {
    this.pair = pair;
  }

  /** Arguments: the checkout, a variant and the virtual seconds of a stretch. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("wants HOME VARIANT SECONDS, got " + args.length);
    }
    Path profiles = Path.of(args[0]).resolve("profiles");
    Variant variant = Variant.of(args[1]);
    int seconds = Integer.parseInt(args[2]);
    new NeighbourComparison(pair(profiles.resolve("pinetab2.yaml"), variant, seconds)).run();
  }

  private static List<BusyStation> pair(Path file, Variant variant, int seconds)
      throws IOException {
    Profile profile = ProfileReader.read(file);
    return List.of(
        new BusyStation(profile, variant, 1, seconds),
        new BusyStation(profile, variant, 2, seconds));
  }

  private void run() throws InterruptedException, ExecutionException {
    // In turns, so that what disturbs the host disturbs all; the first rounds are warm-up.
    List<Double> alone = new ArrayList<>();
    List<Double> adjacent = new ArrayList<>();
    List<Double> apart = new ArrayList<>();
    for (int round = -3; round < ROUNDS; round++) {
      double one = stretch(CarrierThreads::newPool, pair.subList(0, 1));
      double plain = stretch(Executors::newFixedThreadPool, pair);
      double kept = stretch(CarrierThreads::newPool, pair);
      if (round < 0) continue;
      alone.add(one);
      adjacent.add(plain);
      apart.add(kept);
    }
    System.out.println("CPU time of a simulated machine, ms per virtual second, median:");
    report("alone", alone, alone);
    report("two, threads as a pool starts them", adjacent, alone);
    report("two, threads kept apart", apart, alone);
  }

  private static double stretch(IntFunction<ExecutorService> pool, List<BusyStation> stations)
      throws InterruptedException, ExecutionException {
    double sum = 0;
    try (ExecutorService threads = pool.apply(stations.size())) {
      for (Future<Double> took : threads.invokeAll(stations)) {
        sum += took.get();
      }
    }
    return sum / stations.size();
  }

  private static void report(String how, List<Double> took, List<Double> alone) {
    System.out.printf(
        Locale.ROOT, "  %-36s %6.2f  (x %.2f)%n", how, median(took), median(took) / median(alone));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
