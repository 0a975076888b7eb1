package besser.bes2600.station;

/**
 * What differs between repetitions besides chance within them: the conditions of the place. Each is
 * multiplied by a factor drawn once per repetition from a log-normal distribution of median 1.
 *
 * @param otherLoadSigma of the load by other stations, standard deviation of the logarithm, 0 to 1
 * @param lossSigma of the channel's losses, 0 to 1
 */
public record VariationParameters(double otherLoadSigma, double lossSigma) {
  public VariationParameters {
    if (!(otherLoadSigma >= 0 && otherLoadSigma <= 1)) {
      throw new IllegalArgumentException("load sigma must be in 0..1, got " + otherLoadSigma);
    }
    if (!(lossSigma >= 0 && lossSigma <= 1)) {
      throw new IllegalArgumentException("loss sigma must be in 0..1, got " + lossSigma);
    }
  }
}
