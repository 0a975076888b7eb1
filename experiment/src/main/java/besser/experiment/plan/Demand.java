package besser.experiment.plan;

/**
 * A gate of the plan: without this evidence the phase may not start.
 *
 * @param id unique within the plan; records name it
 * @param before the phase that may not start, 0 to 8
 * @param subject what the evidence is about: a metric's id for a baseline, otherwise a name
 * @param satisfiedBy what would satisfy it, in words
 */
public record Demand(String id, int before, Kind kind, String subject, String satisfiedBy) {

  /** The kinds of evidence. */
  public enum Kind {
    /** A value measured on the real device before the change. */
    BASELINE,
    /** A contract, cited from the source that states it. */
    CITATION,
    /** A second reader's review. */
    REVIEW,
    /** A systematic look at the code, or a check that was run. */
    AUDIT;

    public String word() {
      return Words.kebab(name());
    }
  }

  public Demand {
    if (before < 0 || before > 8) {
      throw new IllegalArgumentException("before must be a phase from 0 to 8, got " + before);
    }
  }
}
