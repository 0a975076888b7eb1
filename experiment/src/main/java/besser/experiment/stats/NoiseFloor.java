package besser.experiment.stats;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What two arms differ by when nothing differs, from runs of one and the same arm (A/A runs).
 *
 * @param standardDeviation between runs, of logarithms
 * @param degreesOfFreedom how well it is known
 */
public record NoiseFloor(double standardDeviation, int degreesOfFreedom) {

  public NoiseFloor {
    if (!(standardDeviation > 0)) {
      throw new IllegalArgumentException("standardDeviation must be > 0, got " + standardDeviation);
    }
    if (degreesOfFreedom < 1) {
      throw new IllegalArgumentException("degreesOfFreedom must be >= 1, got " + degreesOfFreedom);
    }
  }

  /** From groups of runs; the groups may differ from each other, the runs of one may not. */
  public static NoiseFloor of(List<LogSample> groups) {
    double squares = 0;
    int degrees = 0;
    for (LogSample group : groups) {
      if (group.size() >= 2) {
        int own = group.size() - 1;
        squares += own * group.standardDeviation() * group.standardDeviation();
        degrees += own;
      }
    }
    if (degrees == 0) {
      throw new IllegalArgumentException("a noise floor needs a group of at least two runs");
    }
    return new NoiseFloor(Math.sqrt(squares / degrees), degrees);
  }

  /**
   * The ratio, above one, that the geometric means of two groups exceed by chance with probability
   * {@code 1 - level}, in either direction.
   */
  public double ratio(int first, int second, double level) {
    double t = new TDistribution(degreesOfFreedom).inverseCumulativeProbability(0.5 + level / 2);
    return StrictMath.exp(t * standardDeviation * Math.sqrt(1.0 / first + 1.0 / second));
  }
}
