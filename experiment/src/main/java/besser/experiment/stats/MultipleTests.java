package besser.experiment.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts p values of several tests made together. */
public final class MultipleTests {
  private MultipleTests() {}

  /**
   * Holm's step-down adjustment: the chance that any true hypothesis is rejected stays below the
   * significance, whatever the dependence (Holm 1979, Scand. J. Statist. 6).
   */
  public static double[] holm(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double running = 0;
    for (int rank = 0; rank < p.length; rank++) {
      running = Math.max(running, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = running;
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's adjustment: the expected share of false ones among the rejected stays
   * below the significance (1995, J. R. Statist. Soc. B 57), for independent or positively
   * dependent tests.
   */
  public static double[] benjaminiHochberg(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double running = 1;
    for (int rank = p.length - 1; rank >= 0; rank--) {
      running = Math.min(running, p[order[rank]] * p.length / (rank + 1));
      adjusted[order[rank]] = running;
    }
    return adjusted;
  }

  private static int[] ascending(double[] p) {
    if (Arrays.stream(p).anyMatch(value -> !(value >= 0 && value <= 1))) {
      throw new IllegalArgumentException("p values must be in [0, 1], got " + Arrays.toString(p));
    }
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> p[i]).thenComparing(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
