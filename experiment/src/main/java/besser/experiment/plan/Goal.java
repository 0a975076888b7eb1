package besser.experiment.plan;

import java.util.List;

/**
 * What the change is for.
 *
 * @param locked whether the goal may still be edited; a locked one belongs to the registration
 * @param statement the plan's words
 * @param criteria what must hold for it to be met
 * @param fullTarget the further target of which this goal is a step, judged but not demanded
 */
public record Goal(
    boolean locked,
    String statement,
    List<Criterion> criteria,
    String fullTargetStatement,
    List<Criterion> fullTarget) {

  public Goal {
    criteria = List.copyOf(criteria);
    fullTarget = List.copyOf(fullTarget);
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException("a goal needs at least one criterion");
    }
  }

  /** One machine-readable condition of the goal. */
  public record Criterion(String id, String metric, String step, Claim claim, String words) {}
}
