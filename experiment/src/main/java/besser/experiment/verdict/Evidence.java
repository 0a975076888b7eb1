package besser.experiment.verdict;

import besser.experiment.gate.Entry;
import besser.experiment.gate.GateStatus;
import besser.experiment.gate.PlanStatus;
import besser.experiment.gate.RiskStatus;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.registration.Registration;
import besser.experiment.stats.NoiseFloor;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a verdict rests on.
 *
 * @param registered the plan as it was registered; its predictions are the ones that are judged
 * @param changes what the plan file says differently now
 * @param gates where the plan's gates stand
 * @param risks what is known of the plan's risks
 * @param explanations recorded explanations by the finding they are about, {@code metric@step}
 * @param noise noise floors from A/A runs, by {@code metric@step}
 */
public record Evidence(
    LoadedPlan registered,
    Registration registration,
    Outcome outcome,
    List<Registration.Change> changes,
    List<GateStatus> gates,
    List<RiskStatus> risks,
    SortedMap<String, String> explanations,
    SortedMap<String, NoiseFloor> noise) {

  public Evidence {
    changes = List.copyOf(changes);
    gates = List.copyOf(gates);
    risks = List.copyOf(risks);
    explanations = Collections.unmodifiableSortedMap(new TreeMap<>(explanations));
    noise = Collections.unmodifiableSortedMap(new TreeMap<>(noise));
    if (!registration.sameFile(registered)) {
      throw new IllegalArgumentException(
          "plan %s is not the registered one; judge the copy that the run holds"
              .formatted(registered.fileName()));
    }
    if (!registered.plan().id().equals(outcome.planId())) {
      throw new IllegalArgumentException(
          "outcome must be of plan %s, got %s".formatted(registered.plan().id(), outcome.planId()));
    }
  }

  /**
   * The evidence of a run.
   *
   * @param registered the run's own copy of the plan
   * @param now the plan file as it is now
   * @param records what was recorded about the plan
   */
  public static Evidence of(
      LoadedPlan registered,
      Registration registration,
      Outcome outcome,
      LoadedPlan now,
      List<Entry> records) {
    SortedMap<String, String> explanations = new TreeMap<>();
    for (Entry entry : records) {
      if (entry instanceof Entry.Explained explained) {
        explanations.put(explained.about(), "%s (%s)".formatted(explained.text(), explained.by()));
      }
    }
    return new Evidence(
        registered,
        registration,
        outcome,
        registration.changes(now),
        PlanStatus.of(registered.plan(), records).gates(),
        RiskStatus.of(registered.plan(), records),
        explanations,
        new TreeMap<>());
  }

  /** The same evidence with the noise floors of an A/A run. */
  public Evidence withNoise(SortedMap<String, NoiseFloor> floors) {
    return new Evidence(
        registered, registration, outcome, changes, gates, risks, explanations, floors);
  }

  /** The same evidence about another outcome of the same run. */
  Evidence withOutcome(Outcome other) {
    return new Evidence(
        registered, registration, other, changes, gates, risks, explanations, noise);
  }
}
