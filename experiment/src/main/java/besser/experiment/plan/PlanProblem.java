package besser.experiment.plan;

/**
 * One thing wrong with a plan file.
 *
 * @param line from 1
 * @param column from 1
 * @param expected what the plan's form asks for here
 * @param found what stands there
 */
public record PlanProblem(String file, int line, int column, String expected, String found)
    implements Comparable<PlanProblem> {

  /** {@code file:line:column: expected ..., found ...}, as editors and terminals link it. */
  @Override
  public String toString() {
    return "%s:%d:%d: expected %s, found %s".formatted(file, line, column, expected, found);
  }

  @Override
  public int compareTo(PlanProblem other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }
}
