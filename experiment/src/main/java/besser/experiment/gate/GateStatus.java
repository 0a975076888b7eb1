package besser.experiment.gate;

import besser.experiment.plan.Demand;
import java.util.List;

/**
 * Where a gate of the plan stands.
 *
 * @param evidence the records about it, oldest first; the last one that counts decides
 * @param phase the phase in which the evidence is gathered
 * @param words why it stands so, and what would satisfy it
 */
public record GateStatus(
    Demand demand, State state, List<Entry> evidence, int phase, String words) {

  public GateStatus {
    evidence = List.copyOf(evidence);
  }

  /** Whether a gate holds the plan up. */
  public enum State {
    /** Nothing that counts was recorded. */
    OPEN,
    /** The evidence is there and speaks for going on. */
    SATISFIED,
    /** The evidence is there and says that the risk is real. */
    REFUTED
  }
}
