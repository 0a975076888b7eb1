package besser.experiment.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.gate.Entry.Answer;
import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanStatusTest {
  private static final Plan PLAN = PlanReader.read(Path.of("../plans/patch-c.yaml")).plan();
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static Entry baseline(String metric, boolean simulated) {
    return new Entry.BaselineMeasured(
        "ada", NOON, metric, "4MBps", List.of(512.0), "ssh://ohm", simulated, "");
  }

  private static Entry cited(Answer answer) {
    return new Entry.Cited("ada", NOON, "cite-wsm-handle-rx", answer, "wsm.h", "process context");
  }

  private static GateStatus gate(String id, Entry... entries) {
    return PlanStatus.of(PLAN, List.of(entries)).gates().stream()
        .filter(gate -> gate.demand().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> lacks(Entry... entries) {
    return PlanStatus.of(PLAN, List.of(entries)).phases().stream()
        .map(phase -> phase.lacks().size())
        .toList();
  }

  @Test
  void showsWhatPatchCLacksInEachPhase() {
    assertEquals(List.of(0, 0, 0, 2, 0, 1, 4, 2, 1), lacks());
    PlanStatus status = PlanStatus.of(PLAN, List.of());
    assertEquals(3, status.current().orElseThrow().number());
    assertEquals(PhaseStatus.State.DONE, status.phases().get(4).state());
    assertEquals(PhaseStatus.State.OPEN, status.phases().get(3).state());
    assertEquals(PhaseStatus.State.WAITING, status.phases().get(6).state());
    assertEquals(7, status.unsatisfied().size());
  }

  @Test
  void aMeasuredBaselineFillsItsGap() {
    assertEquals(1, lacks(baseline("bes_sdio_dispatches", false)).get(3));
  }

  @Test
  void aSimulatedBaselineDoesNot() {
    GateStatus gate = gate("baseline-bes-sdio-dispatches", baseline("bes_sdio_dispatches", true));
    assertEquals(GateStatus.State.OPEN, gate.state());
    assertTrue(gate.words().contains("does not count"), gate.words());
  }

  @Test
  void anAnswerCanBeNoAndALaterOneCounts() {
    assertEquals(GateStatus.State.SATISFIED, gate("cite-wsm-handle-rx", cited(Answer.YES)).state());
    assertEquals(
        GateStatus.State.REFUTED,
        gate("cite-wsm-handle-rx", cited(Answer.YES), cited(Answer.NO)).state());
    assertEquals(
        GateStatus.State.SATISFIED,
        gate("cite-wsm-handle-rx", cited(Answer.NO), cited(Answer.YES)).state());
  }

  @Test
  void aCheckOnAModelCanRefuteButNotSatisfy() {
    assertEquals(GateStatus.State.OPEN, gate("lock-graph-audit", checked(Answer.YES)).state());
    assertEquals(GateStatus.State.REFUTED, gate("lock-graph-audit", checked(Answer.NO)).state());
    assertEquals(
        GateStatus.State.REFUTED,
        gate("lock-graph-audit", checked(Answer.NO), checked(Answer.YES)).state());
  }

  private static Entry checked(Answer answer) {
    return new Entry.Checked(
        "besser", NOON, "lock-graph-audit", answer, true, "besser check direct", "lock order");
  }

  @Test
  void everythingRecordedLeavesNothingOpen() {
    List<Entry> entries = new ArrayList<>();
    entries.add(baseline("bes_sdio_dispatches", false));
    entries.add(baseline("mac80211_rx_skbs", false));
    entries.add(cited(Answer.YES));
    entries.add(
        new Entry.Cited("ada", NOON, "cite-release-tx-buffer", Answer.YES, "bh.c", "wakes bh"));
    entries.add(new Entry.Reviewed("bob", NOON, "phase-5-review", Answer.YES, "go"));
    entries.add(new Entry.Audited("ada", NOON, "lock-graph-audit", Answer.YES, "no lock held"));
    entries.add(new Entry.Audited("ada", NOON, "bus-error-moved", Answer.YES, "in rx_work"));
    entries.add(new Entry.Implemented("ada", NOON, "0123abcd"));
    entries.add(new Entry.Judged("ada", NOON, "runs/1", "00", true, true, "proceed"));
    assertEquals(7, PlanStatus.of(PLAN, entries).current().orElseThrow().number());
    entries.add(new Entry.Judged("ada", NOON, "runs/2", "00", true, false, "proceed"));
    assertTrue(PlanStatus.of(PLAN, entries).current().isEmpty());
  }
}
