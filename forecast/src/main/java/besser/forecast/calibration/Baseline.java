package besser.forecast.calibration;

import besser.bes2600.station.Load;
import besser.forecast.profile.Profile;
import besser.forecast.profile.StationMapping;
import java.util.Arrays;
import java.util.List;

/**
 * The figures of the plan's baseline, their bounds, and how a profile is held against them.
 *
 * <p>The plan names 725, 663 and 75 KB/s, the last with a dead link; about 20 % of samples; 5,643
 * work items and 13 commands per second.
 */
public final class Baseline {
  /** What the plan found; goodput is the median of its three repetitions. */
  public static final Figures FOUND = new Figures(663_000, 0.20, 5_643, 13);

  /** Least figures that count as reproduced. */
  public static final Figures LOW = new Figures(550_000, 0.17, 0.8 * 5_643, 0.8 * 13);

  /** Greatest figures that count as reproduced. */
  public static final Figures HIGH = new Figures(850_000, 0.23, 1.2 * 5_643, 1.2 * 13);

  private static final long OFFERED_BYTES_PER_SECOND = 4_000_000;

  private Baseline() {}

  /**
   * What a profile gives: the median of each figure over the seeds.
   *
   * @param seconds of load measured for each seed, at least 1
   * @param seeds at least one
   */
  public static Figures measure(Profile profile, double seconds, List<Long> seeds) {
    Load load = new Load(OFFERED_BYTES_PER_SECOND, seconds);
    List<Figures> runs =
        seeds.stream()
            .map(seed -> BaselineRun.of(StationMapping.of(profile, 1), seed, load).figures())
            .toList();
    double[] medians = new double[Figures.COUNT];
    for (int figure = 0; figure < Figures.COUNT; figure++) {
      int which = figure;
      medians[figure] = median(runs.stream().mapToDouble(run -> run.get(which)).toArray());
    }
    return new Figures(medians[0], medians[1], medians[2], medians[3]);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** Whether a figure lies between its bounds. */
  public static boolean reproduces(Figures measured, int figure) {
    return measured.get(figure) >= LOW.get(figure) && measured.get(figure) <= HIGH.get(figure);
  }

  /** How far a figure is off what the plan found, as a fraction of it. */
  public static double residual(Figures measured, int figure) {
    return measured.get(figure) / FOUND.get(figure) - 1;
  }
}
