package besser.experiment.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.gate.Entry;
import besser.experiment.plan.Arm;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.experiment.registration.PlanPower.Sight;
import besser.experiment.registration.Registration;
import besser.experiment.verdict.Verdict.Finding;
import besser.experiment.verdict.Verdict.FindingKind;
import besser.experiment.verdict.Verdict.LoopBack;
import besser.experiment.verdict.Verdict.PredictionResult;
import besser.experiment.verdict.Verdict.Proceed;
import besser.experiment.verdict.Verdict.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final String TOP = Scene.TOP;

  private static PredictionResult prediction(Verdict verdict, String id) {
    return verdict.predictions().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }

  private static Result result(Verdict verdict, String id) {
    return prediction(verdict, id).claim().result();
  }

  private static List<Finding> findings(Verdict verdict, FindingKind kind) {
    return verdict.findings().stream().filter(f -> f.kind() == kind).toList();
  }

  private static int loopsBackTo(Verdict verdict) {
    return verdict.decision() instanceof LoopBack back ? back.phase() : -1;
  }

  @Test
  void confirmsWhatCameAsPredicted() {
    Verdict verdict = new Scene().verdict();
    for (PredictionResult prediction : verdict.predictions()) {
      assertEquals(
          Result.CONFIRMED, prediction.claim().result(), () -> prediction.claim().explanation());
    }
    assertTrue(verdict.goal().met());
  }

  @Test
  void aModelThatAgreesLeadsToTheFirstOpenGateNotToPhaseEight() {
    Verdict verdict = new Scene().verdict();
    assertEquals(3, verdict.decision() instanceof Proceed next ? next.phase() : -1);
    assertTrue(verdict.sentence().contains("simulated device sim:pinetab2"), verdict.sentence());
    assertEquals(7, verdict.openGates().size());
  }

  @Test
  void aMeasurementThatAgreesProceedsToThePatchThatFollows() {
    Verdict verdict = new Scene().measuredOnDevice().everyGateSatisfied().verdict();
    assertEquals(new Proceed(8, "memory update, then Patch C2"), verdict.decision());
    assertTrue(verdict.openGates().isEmpty());
  }

  @Test
  void aMeasurementWithAnOpenGateLoopsBackToTheGatesPhase() {
    Verdict verdict = new Scene().measuredOnDevice().verdict();
    assertEquals(3, loopsBackTo(verdict));
    assertEquals(7, findings(verdict, FindingKind.OPEN_GATE).size());
  }

  @Test
  void evidenceThatARiskIsRealLoopsBackToThePlan() {
    Verdict verdict =
        new Scene()
            .record(
                new Entry.Checked(
                    "besser",
                    Scene.NOON,
                    "lock-graph-audit",
                    Entry.Answer.NO,
                    true,
                    "besser check direct --seed 7",
                    "vif_lock is taken twice"))
            .verdict();
    assertEquals(4, loopsBackTo(verdict));
    assertEquals(1, findings(verdict, FindingKind.REFUTED_GATE).size());
  }

  @Test
  void oneCountedEventRefutesBecomesZero() {
    Verdict verdict = new Scene().patched("bh_wakes_for_rx", TOP, 0, 0, 0.5).verdict();
    assertEquals(Result.REFUTED, result(verdict, "rx-wakes-gone"));
    assertEquals(4, loopsBackTo(verdict));
    assertEquals(List.of("rx-wakes-gone"), about(verdict, FindingKind.REFUTED_PREDICTION));
  }

  private static List<String> about(Verdict verdict, FindingKind kind) {
    return findings(verdict, kind).stream().map(Finding::about).toList();
  }

  @Test
  void aRangeIsConfirmedRefutedOrLeftOpenByItsInterval() {
    assertEquals(Result.REFUTED, unlockShare(17.0, 17.1, 17.2));
    assertEquals(Result.REFUTED, unlockShare(10.0, 10.1, 10.05));
    assertEquals(Result.INCONCLUSIVE, unlockShare(11.9, 12.4, 13.0));
    assertEquals(Result.INCONCLUSIVE, unlockShare(10.0, 13.5, 17.0));
    assertEquals(Result.CONFIRMED, unlockShare(13.4, 13.5, 13.6));
  }

  private static Result unlockShare(double... figures) {
    return result(
        new Scene().patched("unlock_irqrestore_share", TOP, figures).verdict(), "unlock-share");
  }

  @Test
  void aMarginalChangeIsConfirmedByEquivalenceAndNotByLackOfEvidence() {
    assertEquals(Result.CONFIRMED, dispatch(701, 702, 703));
    assertEquals(Result.REFUTED, dispatch(900, 901, 903));
    assertEquals(Result.INCONCLUSIVE, dispatch(600, 700, 800));
  }

  private static Result dispatch(double... figures) {
    return result(
        new Scene().patched("workqueue_execute_start", TOP, figures).verdict(), "dispatch-rate");
  }

  @Test
  void everyRepetitionMeansEveryRepetition() {
    Verdict verdict = new Scene().patched("goodput", TOP, 1250, 990, 1240).verdict();
    assertEquals(Result.REFUTED, result(verdict, "receive-floor"));
    assertFalse(verdict.goal().met());
    assertEquals(List.of("receive-1mb"), about(verdict, FindingKind.GOAL_MISSED));
  }

  @Test
  void aSpreadThatDoesNotShrinkEnoughToBeSeenStaysOpen() {
    Verdict verdict = new Scene().patched("goodput", TOP, 1050, 2500, 1900).verdict();
    assertEquals(Result.INCONCLUSIVE, result(verdict, "receive-spread"));
    assertEquals(7, loopsBackTo(verdict));
  }

  @Test
  void aLinkDeathInThePatchedArmIsAFindingWithItsLog() {
    Verdict verdict = new Scene().death(Arm.PATCHED, 2, TOP, 540).verdict();
    Finding death = findings(verdict, FindingKind.LINK_DEATH).getFirst();
    assertTrue(death.blocks());
    assertEquals(List.of("bes2600: force close"), death.evidence());
    assertEquals(Result.REFUTED, result(verdict, "all-reps-sustained"));
    assertEquals(Result.CONFIRMED, result(verdict, "receive-floor"));
    assertEquals(4, loopsBackTo(verdict));
  }

  @Test
  void aLinkDeathInTheBaselineArmIsShownAndDoesNotBlock() {
    Verdict verdict = new Scene().death(Arm.BASELINE, 3, TOP, 540).verdict();
    Finding death = findings(verdict, FindingKind.LINK_DEATH).getFirst();
    assertFalse(death.blocks());
    assertTrue(verdict.decision() instanceof Proceed, verdict::sentence);
  }

  @Test
  void stepsThatADeathKeptFromBeingReachedCountAsNothingReceived() {
    Verdict verdict = new Scene().death(Arm.PATCHED, 1, "2MBps", 30).verdict();
    assertEquals(0.0, prediction(verdict, "receive-floor").measured().patched().getFirst());
    assertEquals(Result.REFUTED, result(verdict, "receive-floor"));
    assertEquals(2, prediction(verdict, "unlock-share").measured().patched().size());
  }

  @Test
  void anInvalidRepetitionIsLeftOutAndTheRunNotDecided() {
    Verdict verdict =
        new Scene().invalid(Arm.PATCHED, 2, new Outcome.EventsLost("cpu1", 37)).verdict();
    assertEquals(List.of("patched 2"), about(verdict, FindingKind.INVALID_REPETITION));
    assertEquals(2, prediction(verdict, "unlock-share").measured().patched().size());
    assertEquals(7, loopsBackTo(verdict));
    assertEquals(Result.INCONCLUSIVE, result(verdict, "rx-queue-lock-gone"));
  }

  @Test
  void aChangeThatNobodyPredictedIsAFindingUntilItIsExplained() {
    Scene scene = new Scene().ratio("sched_wakeup", TOP, 0.6);
    Verdict verdict = scene.verdict();
    assertEquals(List.of("sched_wakeup@4MBps"), about(verdict, FindingKind.UNPREDICTED_CHANGE));
    assertEquals(4, loopsBackTo(verdict));
    Verdict explained =
        scene
            .record(
                new Entry.Explained(
                    "ada", Scene.NOON, "sched_wakeup@4MBps", "bh is not woken for RX any more"))
            .verdict();
    assertTrue(explained.decision() instanceof Proceed, explained::sentence);
    assertEquals(
        "bh is not woken for RX any more (ada)",
        findings(explained, FindingKind.UNPREDICTED_CHANGE).getFirst().explainedBy().orElseThrow());
  }

  @Test
  void oneExplanationCanCoverEveryStep() {
    Verdict verdict =
        new Scene()
            .ratio("sched_wakeup", "2MBps", 0.6)
            .ratio("sched_wakeup", TOP, 0.6)
            .record(new Entry.Explained("ada", Scene.NOON, "sched_wakeup", "bh sleeps on"))
            .verdict();
    assertEquals(2, findings(verdict, FindingKind.UNPREDICTED_CHANGE).size());
    assertTrue(verdict.decision() instanceof Proceed, verdict::sentence);
  }

  @Test
  void aRiseFromNothingIsNoPercentage() {
    Verdict verdict =
        new Scene().silentBaseline("drops", TOP).patched("drops", TOP, 11, 12, 13).verdict();
    Verdict.Comparison drops =
        verdict.comparisons().stream()
            .filter(c -> c.metric().equals("drops") && c.step().equals(TOP))
            .findFirst()
            .orElseThrow();
    assertTrue(drops.measured().fromNothing());
    assertTrue(drops.words().startsWith("rose from 0 to 12 /s"), drops.words());
  }

  @Test
  void aChangeWithinTheBandThatMattersToNobodyIsNoFinding() {
    Verdict verdict = new Scene().ratio("sched_wakeup", TOP, 1.03).verdict();
    assertTrue(findings(verdict, FindingKind.UNPREDICTED_CHANGE).isEmpty());
    Verdict.Comparison wakeups =
        verdict.comparisons().stream()
            .filter(c -> c.metric().equals("sched_wakeup") && c.step().equals(TOP))
            .findFirst()
            .orElseThrow();
    assertTrue(wakeups.words().endsWith("too little to matter"), wakeups.words());
  }

  @Test
  void oneRepetitionDecidesNothingThatNeedsASpread() {
    Verdict verdict = new Scene().repetitions(1).verdict();
    assertEquals(Result.INCONCLUSIVE, result(verdict, "unlock-share"));
    assertEquals(Result.INCONCLUSIVE, result(verdict, "dispatch-rate"));
    assertEquals(7, loopsBackTo(verdict));
    assertTrue(verdict.power().words().contains("nothing can be tested"), verdict.power().words());
  }

  @Test
  void aQuickRunNeverProceeds() {
    assertEquals(7, loopsBackTo(new Scene().quick().verdict()));
  }

  @Test
  void aMetricThatCannotBeMeasuredIsNamedWithItsReason() {
    Verdict verdict = new Scene().unmeasured("unlock_irqrestore_share").verdict();
    assertEquals(Result.INCONCLUSIVE, result(verdict, "unlock-share"));
    Finding missing = findings(verdict, FindingKind.MISSING_FIGURE).getFirst();
    assertTrue(missing.sentence().contains("no such event on this kernel"), missing.sentence());
  }

  @Test
  void aPredictionChangedAfterRegistrationIsShownAndNotUsed() {
    String text = Scene.LOADED.text();
    LoadedPlan changed =
        PlanReader.read(
            "patch-c.yaml", text.replace("within: [12 %, 15 %]", "within: [16 %, 18 %]"));
    Registration registration = Registration.of(Scene.LOADED, "ada", Scene.NOON);
    Outcome outcome = new Scene().outcome();
    Verdict verdict =
        Judge.judge(Evidence.of(Scene.LOADED, registration, outcome, changed, List.of()));
    assertEquals(Result.CONFIRMED, result(verdict, "unlock-share"));
    assertEquals("prediction/unlock-share", verdict.changedPredictions().getFirst().id());
    assertTrue(verdict.changedPredictions().getFirst().now().contains("16 %"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Evidence.of(changed, registration, outcome, changed, List.of()));
  }

  @Test
  void saysWhenTheRepetitionsCouldNotHaveSeenTheChange() {
    Verdict verdict = new Scene().patched("unlock_irqrestore_share", TOP, 10, 13.5, 17).verdict();
    assertEquals(Sight.TOO_FEW, prediction(verdict, "unlock-share").visibility().sight());
    Verdict clear = new Scene().verdict();
    assertEquals(Sight.ENOUGH, prediction(clear, "unlock-share").visibility().sight());
    assertEquals(3.07, clear.power().detectableStandardDeviations().orElseThrow(), 0.01);
  }

  @Test
  void equalFiguresAreTakenAsExactAsTheInstrumentIs() {
    Verdict verdict = new Scene().patched("unlock_irqrestore_share", TOP, 13, 13, 13).verdict();
    PredictionResult share = prediction(verdict, "unlock-share");
    assertEquals(Result.CONFIRMED, share.claim().result());
    assertTrue(share.claim().explanation().contains("resolution"), share.claim().explanation());
  }

  @Test
  void nothingIsCalledZeroByAnInstrumentThatNeverCounted() {
    Verdict verdict = new Scene().silentBaseline("bh_wakes_for_rx", TOP).verdict();
    PredictionResult wakes = prediction(verdict, "rx-wakes-gone");
    assertEquals(Result.INCONCLUSIVE, wakes.claim().result());
    assertTrue(
        wakes.claim().explanation().contains("nothing shows that the instrument works"),
        wakes.claim().explanation());
  }

  @Test
  void aChangeThatEqualArmsShowTooIsNoFinding() {
    Outcome equalArms = new Scene().patched("sched_wakeup", TOP, 400, 700, 1000).outcome();
    Evidence evidence = new Scene().ratio("sched_wakeup", TOP, 0.8).evidence();
    assertEquals(
        List.of("sched_wakeup@4MBps"),
        about(Judge.judge(evidence), FindingKind.UNPREDICTED_CHANGE));
    Verdict verdict = Judge.judge(evidence.withNoise(NoiseFloors.of(Scene.PLAN, equalArms)));
    assertEquals(List.of(), about(verdict, FindingKind.UNPREDICTED_CHANGE));
  }
}
