package besser.experiment.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.experiment.registration.Registration.Kind;
import besser.experiment.stats.NoiseFloor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final LoadedPlan PLAN = PlanReader.read(Path.of("../plans/patch-c.yaml"));
  private static final Registration REGISTERED =
      Registration.of(PLAN, "ada", Instant.parse("2026-06-01T12:00:00Z"));

  private static LoadedPlan with(String found, String replacement) {
    return PlanReader.read("p.yaml", PLAN.text().replace(found, replacement));
  }

  private static List<String> changed(LoadedPlan now) {
    return REGISTERED.changes(now).stream()
        .map(change -> change.kind() + " " + change.part())
        .toList();
  }

  @Test
  void hashesAsSha256Does() {
    // FIPS 180-2, appendix B.1
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Registration.sha256("abc"));
  }

  @Test
  void readsBackWhatItWrote() {
    assertEquals(REGISTERED, Registration.read(REGISTERED.json()));
  }

  @Test
  void aRegistrationThatWasTamperedWithIsRefused() {
    String tampered = REGISTERED.json().replace("12 %", "17 %");
    assertThrows(Json.Malformed.class, () -> Registration.read(tampered));
  }

  @Test
  void layoutAndCommentsAreNoChangeOfWhatIsJudged() {
    LoadedPlan commented = with("predictions:\n", "predictions: # none to add\n");
    assertEquals(List.of(), REGISTERED.changes(commented));
    assertFalse(REGISTERED.sameFile(commented));
    assertTrue(REGISTERED.sameFile(PLAN));
  }

  @Test
  void namesEachPartThatChanged() {
    assertEquals(
        List.of(Kind.CHANGED + " prediction/dispatch-rate"),
        changed(with("claim: {marginal: 5 %}", "claim: {marginal: 10 %}")));
    assertEquals(
        List.of(Kind.CHANGED + " goal"),
        changed(with("{every-repetition-below: 15 %}", "{every-repetition-below: 17 %}")));
    assertEquals(
        List.of(Kind.REMOVED + " prediction/rx-wakes-gone", Kind.ADDED + " prediction/wakes"),
        changed(with("id: rx-wakes-gone", "id: wakes")));
  }

  @Test
  void saysAtRegistrationWhatTheRepetitionsCanSee() {
    List<String> lines = PlanPower.atRegistration(PLAN.plan(), 3, 1, new TreeMap<>());
    assertEquals(
        "with 3 + 3 repetitions a change of 3.1 between-run standard deviations is seen with 80 %"
            + " power (two-sided, 5 %); the smallest p any rank test can give is 0.100, so none can"
            + " reach significance",
        lines.getFirst());
    assertEquals(8, lines.size());
    assertTrue(lines.stream().anyMatch(l -> l.startsWith("receive-spread: the spread must")));
  }

  @Test
  void warnsOfWhatADevicesNoiseHides() {
    assertEquals(
        "WARNING: 3 + 3 repetitions cannot show dispatch-rate here, whatever is true; take more"
            + " (--reps)",
        withNoise(0.2).getLast());
    assertTrue(withNoise(0.001).stream().noneMatch(line -> line.startsWith("WARNING")));
  }

  private static List<String> withNoise(double standardDeviation) {
    TreeMap<String, NoiseFloor> noise = new TreeMap<>();
    noise.put("workqueue_execute_start@4MBps", new NoiseFloor(standardDeviation, 4));
    return PlanPower.atRegistration(PLAN.plan(), 3, 1, noise);
  }
}
