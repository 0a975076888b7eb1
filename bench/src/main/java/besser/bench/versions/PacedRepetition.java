package besser.bench.versions;

import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunDirectory;
import besser.rig.simulated.SimulatedDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One repetition of patch-c's ramp that tells of each second. Each version loads a class of its own
 * from this file, so only types of the JDK cross its border.
 */
public final class PacedRepetition implements Runnable {
  private static final long SEED = 1;

  private final Path home;
  private final String variant;
  private final int divisor;
  private final Runnable second;

  /**
   * A repetition of a variant.
   *
   * @param home of the plan and the profile
   * @param divisor what every duration of the ramp is divided by
   * @param second called when a virtual second has passed
   */
  public PacedRepetition(Path home, String variant, int divisor, Runnable second) {
    this.home = home;
    this.variant = variant;
    this.divisor = divisor;
    this.second = second;
  }

  @Override
  public void run() {
    Plan plan = PlanReader.read(home.resolve("plans").resolve("patch-c.yaml")).plan();
    Path profile = home.resolve("profiles").resolve("pinetab2.yaml");
    RepetitionRequest request =
        new RepetitionRequest(plan, "baseline", new RepetitionId(variant, 1), SEED, divisor);
    try {
      Path directory = Files.createTempDirectory("besser-versions");
      try (SimulatedDevice device = new SimulatedDevice("sim:pinetab2", profile)) {
        device.run(request, RunDirectory.create(directory), new Seconds());
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the repetition's files", e);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(directory)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private final class Seconds implements Progress {
    @Override
    public void at(RepetitionId repetition, String step, double done, double total) {
      second.run();
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
