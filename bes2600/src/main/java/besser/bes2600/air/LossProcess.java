package besser.bes2600.air;

import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;

/**
 * Losses on a fading channel: two states with exponential dwell times and a loss probability each
 * (E. N. Gilbert, "Capacity of a burst-noise channel", Bell System Technical Journal 39, 1960; E.
 * O. Elliott, 1963).
 */
public final class LossProcess {
  // Loss probabilities in a profile are those of a frame of this length.
  private static final double REFERENCE_BYTES = 1500;

  private final LossParameters parameters;
  private final RandomStream random;
  private final Distribution goodNanos;
  private final Distribution badNanos;
  private boolean bad;
  private long stateEndsNanos;

  /** A channel that begins in its good state. */
  public LossProcess(LossParameters parameters, RandomStream random) {
    this.parameters = parameters;
    this.random = random;
    this.goodNanos = Distribution.exponential(parameters.meanGoodNanos());
    this.badNanos = Distribution.exponential(parameters.meanBadNanos());
    this.stateEndsNanos = goodNanos.sample(random);
  }

  /** Whether a whole transmission goes unheard at this time. */
  boolean losesPpdu(long nowNanos) {
    advance(nowNanos);
    return random.nextBoolean(parameters.ppduLoss());
  }

  /**
   * Whether one frame is lost at this time.
   *
   * @param bytes its length; bit errors make the probability proportional to it
   * @param rateSteps how many MCS below the usual one it is sent, each of which halves the loss
   */
  boolean losesFrame(long nowNanos, int bytes, int rateSteps) {
    advance(nowNanos);
    double loss = bad ? parameters.lossBad() : parameters.lossGood();
    double scaled = loss * bytes / REFERENCE_BYTES / (1 << rateSteps);
    return random.nextBoolean(scaled);
  }

  private void advance(long nowNanos) {
    while (nowNanos >= stateEndsNanos) {
      bad = !bad;
      // A state without duration would never let time pass.
      stateEndsNanos += Math.max(1, (bad ? badNanos : goodNanos).sample(random));
    }
  }
}
