package besser.check.strategy;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a program's undisturbed run looks like: what strategies scale themselves by.
 *
 * @param runChoices how often it was asked who goes on
 * @param actors how many different contexts could have gone on
 * @param faultOccasions how often each fault or failing allocation was possible, by site
 */
public record RunShape(int runChoices, int actors, SortedMap<String, Integer> faultOccasions) {
  public RunShape {
    if (runChoices < 0) {
      throw new IllegalArgumentException("run choices must be >= 0, got " + runChoices);
    }
    if (actors < 0) throw new IllegalArgumentException("actors must be >= 0, got " + actors);
    faultOccasions = new TreeMap<>(faultOccasions);
  }
}
