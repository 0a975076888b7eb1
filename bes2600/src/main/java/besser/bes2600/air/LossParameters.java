package besser.bes2600.air;

/**
 * Losses of the channel.
 *
 * @param lossGood probability that a frame of 1500 bytes is lost in the good state, 0 to 1
 * @param lossBad the same in the bad state, 0 to 1
 * @param meanGoodNanos mean time in the good state, at least 1
 * @param meanBadNanos mean time in the bad state, at least 0
 * @param ppduLoss probability that a whole transmission goes unheard, 0 to 1
 */
public record LossParameters(
    double lossGood, double lossBad, long meanGoodNanos, long meanBadNanos, double ppduLoss) {
  public LossParameters {
    requireProbability("loss in the good state", lossGood);
    requireProbability("loss in the bad state", lossBad);
    requireProbability("ppdu loss", ppduLoss);
    if (meanGoodNanos < 1 || meanBadNanos < 0) {
      throw new IllegalArgumentException(
          "mean dwell times must be >= 1 and >= 0 ns, got "
              + meanGoodNanos
              + " and "
              + meanBadNanos);
    }
  }

  /** A channel that loses nothing. */
  public static LossParameters none() {
    return new LossParameters(0, 0, 1_000_000_000, 0, 0);
  }

  private static void requireProbability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be in 0..1, got " + value);
    }
  }
}
