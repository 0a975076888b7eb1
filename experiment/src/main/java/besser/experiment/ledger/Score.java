package besser.experiment.ledger;

import besser.experiment.verdict.Verdict;
import besser.experiment.verdict.Verdict.Result;

/**
 * What became of one prediction, as the ledger keeps it.
 *
 * @param verdictSha256 of the verdict it comes from, so that nothing is counted twice
 * @param confidence the word the author used, or a probability
 * @param probability what it stood for
 * @param simulated whether it was held against a model; such scores are kept apart
 */
public record Score(
    String plan,
    String verdictSha256,
    String prediction,
    String confidence,
    double probability,
    Result result,
    boolean simulated) {

  public Score {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1], got " + probability);
    }
  }

  static Score of(Verdict verdict, String verdictSha256, Verdict.PredictionResult prediction) {
    return new Score(
        verdict.plan(),
        verdictSha256,
        prediction.id(),
        prediction.confidence(),
        prediction.probability(),
        prediction.claim().result(),
        verdict.origin().simulated());
  }

  /** Whether the prediction was decided, so that there is something to score. */
  public boolean decided() {
    return result != Result.INCONCLUSIVE;
  }

  /** Brier's (1950, Monthly Weather Review 78) squared error: 0 is best, 0.25 is a coin's. */
  public double brier() {
    double came = result == Result.CONFIRMED ? 1 : 0;
    return (probability - came) * (probability - came);
  }
}
