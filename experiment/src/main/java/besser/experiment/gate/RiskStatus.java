package besser.experiment.gate;

import besser.experiment.plan.Plan;
import besser.experiment.plan.Risk;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one of a plan's risks.
 *
 * @param risk as the plan has it
 * @param state what the last check of it said
 * @param words that in words, with the command that repeats it
 */
public record RiskStatus(Risk risk, State state, String words) {
  /** What the last check said. */
  public enum State {
    /** Nobody has checked it. */
    OPEN,
    /** The check found nothing. */
    NOT_SEEN,
    /** The check found it: the answer is no. */
    REAL
  }

  /** Every risk of a plan, in the plan's order. */
  public static List<RiskStatus> of(Plan plan, List<Entry> entries) {
    return plan.risks().stream().map(risk -> of(risk, entries)).toList();
  }

  private static RiskStatus of(Risk risk, List<Entry> entries) {
    Optional<Entry.RiskChecked> last =
        entries.reversed().stream()
            .filter(Entry.RiskChecked.class::isInstance)
            .map(Entry.RiskChecked.class::cast)
            .filter(checked -> checked.risk() == risk.number())
            .findFirst();
    if (last.isEmpty()) {
      String how = risk.check().map(c -> "not checked; `besser check` has " + c).orElse("no check");
      return new RiskStatus(risk, State.OPEN, how);
    }
    Entry.RiskChecked checked = last.get();
    State state =
        switch (checked.answer()) {
          case YES -> State.NOT_SEEN;
          case NO -> State.REAL;
        };
    return new RiskStatus(
        risk, state, (checked.simulated() ? "simulated: " : "") + checked.words());
  }
}
