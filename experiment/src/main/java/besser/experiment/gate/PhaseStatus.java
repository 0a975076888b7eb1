package besser.experiment.gate;

import java.util.List;

/**
 * Where one phase of a plan stands.
 *
 * @param number 0 to 8
 * @param has what is there already
 * @param lacks what is missing, each with what would satisfy it
 */
public record PhaseStatus(
    int number, String name, State state, List<String> has, List<Lack> lacks) {

  public PhaseStatus {
    has = List.copyOf(has);
    lacks = List.copyOf(lacks);
  }

  /** How far a phase is. */
  public enum State {
    /** Nothing is missing in it. */
    DONE,
    /** The first phase in which something is missing. */
    OPEN,
    /** Something is missing in it, and in an earlier phase too. */
    WAITING
  }

  /** Something missing. */
  public record Lack(String what, String satisfiedBy) {}
}
