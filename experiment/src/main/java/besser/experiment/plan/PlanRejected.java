package besser.experiment.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A plan file is not a plan. Holds everything that is wrong with it, in the file's order. */
public final class PlanRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<PlanProblem> problems;

  PlanRejected(List<PlanProblem> problems) {
    super(problems.stream().map(PlanProblem::toString).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  public List<PlanProblem> problems() {
    return problems;
  }
}
