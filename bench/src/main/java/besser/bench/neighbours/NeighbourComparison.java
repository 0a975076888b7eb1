package besser.bench.neighbours;

import besser.bench.Spread;
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
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;

  private final List<Way> ways;

  private NeighbourComparison(List<Way> ways) {
    this.ways = ways;
  }

  /** Some machines, what runs them, and what CPU time they took. */
  private record Way(
      String name,
      List<BusyStation> stations,
      IntFunction<ExecutorService> pool,
      List<Double> took) {

    Way(String name, List<BusyStation> stations, IntFunction<ExecutorService> pool) {
      this(name, stations, pool, new ArrayList<>());
    }

    /** The mean of the machines in milliseconds per virtual second. */
    double stretch() throws InterruptedException, ExecutionException {
      double sum = 0;
      try (ExecutorService threads = pool.apply(stations.size())) {
        for (Future<Double> one : threads.invokeAll(stations)) {
          sum += one.get();
        }
      }
      return sum / stations.size();
    }
  }

  /** Arguments: the checkout, a variant and the virtual seconds of a stretch. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("wants HOME VARIANT SECONDS, got " + args.length);
    }
    Path profiles = Path.of(args[0]).resolve("profiles");
    Variant variant = Variant.of(args[1]);
    int seconds = Integer.parseInt(args[2]);
    List<BusyStation> two = pair(profiles.resolve("pinetab2.yaml"), variant, seconds);
    new NeighbourComparison(
            List.of(
                new Way("alone", two.subList(0, 1), CarrierThreads::newPool),
                new Way("two, threads as a pool starts them", two, Executors::newFixedThreadPool),
                new Way("two, threads kept apart", two, CarrierThreads::newPool)))
        .run();
  }

  private static List<BusyStation> pair(Path file, Variant variant, int seconds)
      throws IOException {
    Profile profile = ProfileReader.read(file);
    return List.of(
        new BusyStation(profile, variant, 1, seconds),
        new BusyStation(profile, variant, 2, seconds));
  }

  private void run() throws InterruptedException, ExecutionException {
    // In turns, so that what disturbs the host disturbs all.
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      for (Way way : ways) {
        double milliseconds = way.stretch();
        if (round >= WARM_UP) way.took().add(milliseconds);
      }
    }
    System.out.println("CPU time of a simulated machine, ms per virtual second, median:");
    double alone = new Spread(ways.getFirst().took()).median();
    for (Way way : ways) {
      double median = new Spread(way.took()).median();
      System.out.printf(
          Locale.ROOT, "  %-36s %6.2f  (x %.2f)%n", way.name(), median, median / alone);
    }
  }
}
