package besser.experiment.gate;

import besser.experiment.gate.PhaseStatus.Lack;
import besser.experiment.plan.Baseline;
import besser.experiment.plan.Demand;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a plan stands, phase by phase and gate by gate.
 *
 * @param phases 0 to 8, in order
 * @param gates in the plan's order
 * @param risks what the checks of its risks said
 */
public record PlanStatus(List<PhaseStatus> phases, List<GateStatus> gates, List<RiskStatus> risks) {
  private static final List<String> NAMES =
      List.of(
          "substrate",
          "goal",
          "situation",
          "baseline measurements",
          "plan",
          "second-model review",
          "implementation",
          "verification measurement",
          "memory update, proceed");

  public PlanStatus {
    phases = List.copyOf(phases);
    gates = List.copyOf(gates);
    risks = List.copyOf(risks);
  }

  /** The status of a plan with these records. */
  public static PlanStatus of(Plan plan, List<Entry> entries) {
    List<GateStatus> gates =
        plan.gates().stream().map(demand -> GateRules.status(demand, entries)).toList();
    return new PlanStatus(phases(plan, entries, gates), gates, RiskStatus.of(plan, entries));
  }

  /** The name of a phase. */
  public static String phaseName(int number) {
    return NAMES.get(number);
  }

  /** Gates that no record satisfies, in the plan's order. */
  public List<GateStatus> unsatisfied() {
    return gates.stream().filter(gate -> gate.state() != GateStatus.State.SATISFIED).toList();
  }

  /** The first phase that is not done; empty when all are. */
  public Optional<PhaseStatus> current() {
    return phases.stream().filter(phase -> phase.state() != PhaseStatus.State.DONE).findFirst();
  }

  private static List<PhaseStatus> phases(Plan plan, List<Entry> entries, List<GateStatus> gates) {
    List<PhaseStatus> phases = new ArrayList<>();
    boolean held = false;
    for (int number = 0; number < NAMES.size(); number++) {
      List<String> has = new ArrayList<>();
      List<Lack> lacks = new ArrayList<>();
      content(plan, number, has, lacks);
      for (GateStatus gate : gates) {
        if (gate.phase() == number) {
          if (gate.state() == GateStatus.State.SATISFIED) {
            has.add(gate.words());
          } else {
            lacks.add(new Lack(gate.words(), gate.demand().satisfiedBy()));
          }
        }
      }
      work(number, entries, has, lacks);
      PhaseStatus.State state =
          lacks.isEmpty()
              ? PhaseStatus.State.DONE
              : held ? PhaseStatus.State.WAITING : PhaseStatus.State.OPEN;
      held |= !lacks.isEmpty();
      phases.add(new PhaseStatus(number, NAMES.get(number), state, has, lacks));
    }
    return phases;
  }

  /** What the plan file itself must hold for a phase. */
  private static void content(Plan plan, int phase, List<String> has, List<Lack> lacks) {
    switch (phase) {
      case 0 ->
          has.add(
              "anchored %s: %s".formatted(plan.substrate().anchored(), plan.substrate().record()));
      case 1 -> {
        if (plan.goal().locked()) {
          has.add("goal locked, %d criteria".formatted(plan.goal().criteria().size()));
        } else {
          lacks.add(new Lack("the goal is not locked", "goal: {locked: true} in the plan"));
        }
      }
      case 2 -> has.add("%d facts".formatted(plan.situation().size()));
      case 3 -> baseline(plan, has, lacks);
      case 4 -> {
        if (plan.predictions().isEmpty()) {
          lacks.add(new Lack("nothing is predicted", "an entry under predictions in the plan"));
        } else {
          has.add(
              "option %s chosen, %d predictions, %d risks"
                  .formatted(
                      plan.approach().chosen(), plan.predictions().size(), plan.risks().size()));
        }
      }
      default -> {
        // Later phases rest on records, not on what the plan holds.
      }
    }
  }

  private static void baseline(Plan plan, List<String> has, List<Lack> lacks) {
    for (Baseline.Entry entry : plan.baseline().entries()) {
      switch (entry.state()) {
        case Baseline.PerRepetition values ->
            has.add("%s: %s %s".formatted(entry.metric(), values.values(), unit(plan, entry)));
        case Baseline.About about ->
            has.add("%s: about %s %s".formatted(entry.metric(), about.value(), unit(plan, entry)));
        case Baseline.NotMeasured missing -> {
          boolean gated =
              plan.gates().stream().anyMatch(gate -> gate.subject().equals(entry.metric()));
          if (!gated) {
            lacks.add(
                new Lack(
                    "%s not measured: %s".formatted(entry.metric(), missing.until()),
                    "a measured value in the plan's baseline"));
          }
        }
      }
    }
  }

  private static String unit(Plan plan, Baseline.Entry entry) {
    return plan.metric(entry.metric()).unit().symbol();
  }

  /** What must have been done in a phase. */
  private static void work(int phase, List<Entry> entries, List<String> has, List<Lack> lacks) {
    switch (phase) {
      case 6 ->
          last(entries, Entry.Implemented.class)
              .ifPresentOrElse(
                  done -> has.add("implemented: " + done.words()),
                  () ->
                      lacks.add(
                          new Lack("no implementation recorded", "the commit of the change")));
      case 7 ->
          lastMeasured(entries)
              .ifPresentOrElse(
                  done -> has.add("judged: " + done.words()),
                  () ->
                      lacks.add(
                          new Lack(
                              "no verdict of a run on the device",
                              "a run of the whole protocol on the device (a simulated one does not"
                                  + " count)")));
      case 8 ->
          lastMeasured(entries)
              .filter(Entry.Judged::proceed)
              .ifPresentOrElse(
                  done -> has.add("the verdict is to proceed"),
                  () -> lacks.add(new Lack("no verdict to proceed", "phase 7 ends with proceed")));
      default -> {
        // Phases 0 to 5 have no work of their own beyond their gates.
      }
    }
  }

  private static Optional<Entry.Judged> lastMeasured(List<Entry> entries) {
    return last(
        entries.stream().filter(e -> !(e instanceof Entry.Judged j && j.simulated())).toList(),
        Entry.Judged.class);
  }

  private static <E extends Entry> Optional<E> last(List<Entry> entries, Class<E> type) {
    return entries.reversed().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Refuses a record about something the plan does not have. */
  static void requireKnown(Plan plan, Entry entry) {
    switch (entry) {
      case Entry.BaselineMeasured measured -> {
        Metric metric = plan.metric(measured.metric());
        if (!metric.steps().contains(measured.step())) {
          throw new IllegalArgumentException(
              "%s is judged on %s, not on '%s'"
                  .formatted(metric.id(), String.join(", ", metric.steps()), measured.step()));
        }
      }
      case Entry.Cited cited -> requireGate(plan, cited.gate(), Demand.Kind.CITATION);
      case Entry.Reviewed reviewed -> requireGate(plan, reviewed.gate(), Demand.Kind.REVIEW);
      case Entry.Audited audited -> requireGate(plan, audited.gate(), Demand.Kind.AUDIT);
      case Entry.Checked checked -> requireGate(plan, checked.gate());
      case Entry.RiskChecked checked -> requireRisk(plan, checked.risk());
      case Entry.Explained _, Entry.Implemented _, Entry.Judged _ -> {
        // About a run or a commit, which the plan does not list.
      }
    }
  }

  private static Demand requireGate(Plan plan, String id) {
    return plan.gates().stream()
        .filter(gate -> gate.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "plan %s has no gate '%s'; it has %s"
                        .formatted(
                            plan.id(),
                            id,
                            String.join(", ", plan.gates().stream().map(Demand::id).toList()))));
  }

  private static void requireRisk(Plan plan, int number) {
    if (plan.risks().stream().noneMatch(risk -> risk.number() == number)) {
      throw new IllegalArgumentException("plan %s has no risk %d".formatted(plan.id(), number));
    }
  }

  private static void requireGate(Plan plan, String id, Demand.Kind kind) {
    Demand demand = requireGate(plan, id);
    if (demand.kind() != kind) {
      throw new IllegalArgumentException(
          "gate %s wants a %s, got a %s".formatted(id, demand.kind().word(), kind.word()));
    }
  }
}
