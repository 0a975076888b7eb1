package besser.experiment.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan together with the file it was read from.
 *
 * @param fileName as messages name it
 * @param text the file, character for character
 * @param judged the canonical form of each part that the verdict rests on ({@code goal}, {@code
 *     protocol}, {@code metric/ID}, {@code prediction/ID}): free of comments, order of keys and
 *     layout, so two files that ask the same have the same
 */
public record LoadedPlan(
    Plan plan, String fileName, String text, SortedMap<String, String> judged) {
  public LoadedPlan {
    judged = Collections.unmodifiableSortedMap(new TreeMap<>(judged));
  }
}
