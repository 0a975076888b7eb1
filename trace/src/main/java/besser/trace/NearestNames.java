package besser.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The names most like one that does not exist. */
public final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  /**
   * Up to three names by edit distance; names that contain the wanted one come first.
   *
   * @return fewer, or none, when nothing is similar
   */
  public static List<String> of(String wanted, Collection<String> names) {
    record Scored(String name, int score) {}
    List<Scored> scored = new ArrayList<>();
    int limit = Math.max(2, wanted.length() / 3);
    for (String name : names) {
      int score = name.contains(wanted) ? 0 : distance(wanted, name, limit);
      if (score <= limit) {
        scored.add(new Scored(name, score));
      }
    }
    scored.sort(Comparator.comparingInt(Scored::score).thenComparing(Scored::name));
    return scored.stream().limit(SHOWN).map(Scored::name).toList();
  }

  /** The one name near enough for the wanted one to be a slip of the pen. */
  public static Optional<String> meant(String wanted, Collection<String> names) {
    int limit = Math.clamp(wanted.length() / 3, 1, 3);
    return names.stream()
        .filter(name -> distance(wanted, name, limit) <= limit)
        .min(
            Comparator.<String>comparingInt(name -> distance(wanted, name, limit))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance, or something above the limit when it exceeds that. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
