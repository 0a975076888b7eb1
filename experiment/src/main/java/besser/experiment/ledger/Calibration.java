package besser.experiment.ledger;

import besser.experiment.verdict.Verdict.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How often predictions stated with one confidence came true.
 *
 * @param confidence the word, or {@code all}
 * @param decided how many were confirmed or refuted
 * @param confirmed how many of those were confirmed
 * @param inconclusive how many could not be decided, and are not scored
 * @param stated mean probability that was stated for the decided ones; absent when there are none
 * @param brier mean squared error of the probability; absent when there are none
 */
public record Calibration(
    String confidence,
    int decided,
    int confirmed,
    int inconclusive,
    Optional<Double> stated,
    Optional<Double> brier) {

  static Calibration of(String confidence, List<Score> scores) {
    List<Score> decided = scores.stream().filter(Score::decided).toList();
    int confirmed = (int) decided.stream().filter(s -> s.result() == Result.CONFIRMED).count();
    return new Calibration(
        confidence,
        decided.size(),
        confirmed,
        scores.size() - decided.size(),
        decided.isEmpty()
            ? Optional.empty()
            : Optional.of(decided.stream().mapToDouble(Score::probability).sum() / decided.size()),
        decided.isEmpty()
            ? Optional.empty()
            : Optional.of(decided.stream().mapToDouble(Score::brier).sum() / decided.size()));
  }

  /** In one line: {@code medium: 6 of 10 came true, stated 70 %, Brier 0.24, 2 undecided}. */
  public String words() {
    if (decided == 0) {
      return "%s: none decided, %d undecided".formatted(confidence, inconclusive);
    }
    return String.format(
        Locale.ROOT,
        "%s: %d of %d came true, stated %.0f %%, Brier %.2f, %d undecided",
        confidence,
        confirmed,
        decided,
        100 * stated.orElse(0.0),
        brier.orElse(0.0),
        inconclusive);
  }
}
