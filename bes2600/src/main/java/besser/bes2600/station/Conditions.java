package besser.bes2600.station;

import besser.bes2600.air.AirParameters;
import besser.bes2600.air.LossParameters;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;
import java.util.List;
import java.util.Locale;

/**
 * The conditions that one repetition happened to have.
 *
 * @param otherLoad part of the channel's time that other stations ask for
 * @param lossFactor by which the channel's losses differ from the profile's
 */
public record Conditions(double otherLoad, double lossFactor) {
  private static final double MAX_LOAD = 0.9;
  private static final long SCALE = 1_000_000;

  /** Drawn for a repetition's seed. */
  static Conditions draw(AirParameters air, VariationParameters variation, long seed) {
    RandomStream random = new RandomStream(seed, "conditions");
    double load = air.otherLoad() * factor(variation.otherLoadSigma(), random);
    double loss = factor(variation.lossSigma(), random);
    return new Conditions(Math.min(MAX_LOAD, load), loss);
  }

  private static double factor(double sigma, RandomStream random) {
    return Distribution.lognormal(SCALE, sigma).sample(random) / (double) SCALE;
  }

  AirParameters applyTo(AirParameters air) {
    LossParameters loss = air.loss();
    LossParameters scaled =
        new LossParameters(
            Math.min(1, loss.lossGood() * lossFactor),
            Math.min(1, loss.lossBad() * lossFactor),
            loss.meanGoodNanos(),
            loss.meanBadNanos(),
            Math.min(1, loss.ppduLoss() * lossFactor));
    return air.withOtherLoad(otherLoad).withLoss(scaled);
  }

  /** In words, for a reader of the run. */
  public List<String> describe() {
    return List.of(
        String.format(Locale.ROOT, "load of other stations %.1f %%", 100 * otherLoad),
        String.format(Locale.ROOT, "channel losses x %.2f", lossFactor));
  }
}
