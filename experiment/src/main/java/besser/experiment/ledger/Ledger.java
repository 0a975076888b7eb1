package besser.experiment.ledger;

import besser.experiment.json.Json;
import besser.experiment.json.JsonLines;
import besser.experiment.registration.Registration;
import besser.experiment.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scores of all predictions that were ever judged: a file of JSON lines. */
public final class Ledger {
  private final JsonLines<Score> lines;

  public Ledger(Path file) {
    this.lines = new JsonLines<>(file, Score.class);
  }

  public Path path() {
    return lines.file();
  }

  /**
   * Enters a verdict's predictions; does nothing when it is entered already.
   *
   * @return how many scores were added
   */
  public int enter(Verdict verdict) throws IOException {
    String sha256 = Registration.sha256(Json.page(verdict));
    if (lines.read().stream().anyMatch(score -> score.verdictSha256().equals(sha256))) {
      return 0;
    }
    for (Verdict.PredictionResult prediction : verdict.predictions()) {
      lines.append(Score.of(verdict, sha256, prediction));
    }
    return verdict.predictions().size();
  }

  /**
   * Calibration for each stated confidence, in the order high, medium, low, stated probabilities,
   * and over all.
   *
   * @param last how many of the newest scores of each confidence to look at
   */
  public List<Calibration> calibration(boolean simulated, int last) throws IOException {
    List<Score> scores =
        lines.read().stream().filter(score -> score.simulated() == simulated).toList();
    List<Calibration> calibrations = new ArrayList<>();
    for (String word : List.of("high", "medium", "low")) {
      calibrations.add(
          Calibration.of(
              word,
              newest(scores.stream().filter(s -> s.confidence().equals(word)).toList(), last)));
    }
    calibrations.add(
        Calibration.of(
            "stated probability",
            newest(
                scores.stream()
                    .filter(s -> !List.of("high", "medium", "low").contains(s.confidence()))
                    .toList(),
                last)));
    calibrations.add(Calibration.of("all", newest(scores, last)));
    return List.copyOf(calibrations);
  }

  private static List<Score> newest(List<Score> scores, int last) {
    return scores.subList(Math.max(0, scores.size() - last), scores.size());
  }
}
