package besser.experiment.stats;

/** Estimates of the logarithm of the ratio of two arms, patched over baseline. */
public final class ArmComparison {
  private ArmComparison() {}

  /**
   * Welch's comparison of two independent groups of unequal variance, with Satterthwaite's degrees
   * of freedom (Welch 1947, Biometrika 34). Each arm needs two values.
   */
  public static Estimate welch(LogSample baseline, LogSample patched) {
    double base = squaredError(baseline);
    double patch = squaredError(patched);
    double total = base + patch;
    double degrees =
        total
            * total
            / (base * base / (baseline.size() - 1.0) + patch * patch / (patched.size() - 1.0));
    return new Estimate(patched.mean() - baseline.mean(), Math.sqrt(total), degrees);
  }

  /**
   * The comparison within blocks: values of one index belong to one block. Both arms need the same
   * number of values, at least two.
   */
  public static Estimate paired(LogSample baseline, LogSample patched) {
    int blocks = baseline.size();
    if (blocks != patched.size() || blocks < 2) {
      throw new IllegalArgumentException(
          "paired arms need the same number of values, at least 2; got %d and %d"
              .formatted(blocks, patched.size()));
    }
    double mean = patched.mean() - baseline.mean();
    double squares = 0;
    for (int i = 0; i < blocks; i++) {
      double deviation = patched.log(i) - baseline.log(i) - mean;
      squares += deviation * deviation;
    }
    double least = Math.hypot(baseline.resolution(), patched.resolution()) / Math.sqrt(blocks);
    double error = Math.max(Math.sqrt(squares / (blocks - 1) / blocks), least);
    return new Estimate(mean, error, blocks - 1.0);
  }

  private static double squaredError(LogSample sample) {
    double deviation = sample.standardDeviation();
    return deviation * deviation / sample.size();
  }
}
