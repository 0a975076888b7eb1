package besser.check.replay;

import java.util.List;

/**
 * A finding's run made as simple as it goes.
 *
 * @param load the smallest at which it was found
 * @param steps those that are needed
 * @param minimal whether each of them was seen to be needed: without it the finding vanishes
 * @param runs how many runs the shrinking took
 */
public record Shrunk(int load, List<Step> steps, boolean minimal, int runs) {
  public Shrunk {
    steps = List.copyOf(steps);
  }
}
