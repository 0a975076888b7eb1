package besser.experiment.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.verdict.Verdict;
import besser.experiment.verdict.Verdict.Result;
import besser.experiment.verdict.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path directory;

  private static Score score(String word, double probability, Result result) {
    return new Score("patch-c", "00", "p", word, probability, result, false);
  }

  @Test
  void scoresAsBrierDid() {
    assertEquals(0.01, score("high", 0.9, Result.CONFIRMED).brier(), 1e-12);
    assertEquals(0.49, score("medium", 0.7, Result.REFUTED).brier(), 1e-12);
  }

  @Test
  void countsUndecidedOnesWithoutScoringThem() {
    Calibration medium =
        Calibration.of(
            "medium",
            List.of(
                score("medium", 0.7, Result.CONFIRMED),
                score("medium", 0.7, Result.REFUTED),
                score("medium", 0.7, Result.INCONCLUSIVE)));
    assertEquals("medium: 1 of 2 came true, stated 70 %, Brier 0.29, 1 undecided", medium.words());
  }

  @Test
  void entersAVerdictOnceAndKeepsModelsApart() throws IOException {
    Ledger ledger = new Ledger(directory.resolve("ledger.jsonl"));
    Verdict verdict = Verdicts.patchCAsPredicted();
    assertEquals(7, ledger.enter(verdict));
    assertEquals(0, ledger.enter(verdict));
    Calibration simulated = ledger.calibration(true, 10).getFirst();
    assertEquals("high", simulated.confidence());
    assertEquals(3, simulated.confirmed());
    assertEquals(0.01, simulated.brier().orElseThrow(), 1e-12);
    assertTrue(ledger.calibration(false, 10).getFirst().brier().isEmpty());
    assertEquals(2, ledger.calibration(true, 2).getLast().decided());
  }
}
