package besser.experiment.plan;

import java.util.List;

/**
 * The options that were weighed, and the choice.
 *
 * @param chosen the id of the chosen option
 */
public record Approach(
    String chosen, List<Option> options, List<Comparison> comparison, List<String> reasons) {

  public Approach {
    options = List.copyOf(options);
    comparison = List.copyOf(comparison);
    reasons = List.copyOf(reasons);
    if (options.stream().noneMatch(option -> option.id().equals(chosen))) {
      throw new IllegalArgumentException("the chosen option '" + chosen + "' is not in the list");
    }
    int columns = options.size();
    for (Comparison row : comparison) {
      if (row.cells().size() != columns) {
        throw new IllegalArgumentException(
            "row '%s' must have %d cells, one for each option, got %d"
                .formatted(row.aspect(), columns, row.cells().size()));
      }
    }
  }

  /** One way of making the change. */
  public record Option(String id, String name, String variant) {}

  /** One row of the comparison: a cell for each option, in their order. */
  public record Comparison(String aspect, List<String> cells) {
    public Comparison {
      cells = List.copyOf(cells);
    }
  }
}
