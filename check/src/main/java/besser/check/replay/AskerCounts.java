package besser.check.replay;

import besser.kernel.machine.Choice;
import java.util.HashMap;
import java.util.Map;

/** Counts a run's questions by who asks. */
final class AskerCounts {
  private final Map<String, int[]> named = new HashMap<>();
  private int[][] continuing = new int[32][];

  /** How often this asker has asked before; counts this time. */
  int next(Choice choice) {
    return counter(choice)[0]++;
  }

  private int[] counter(Choice choice) {
    boolean goesOn = choice.kind() == Choice.Kind.RUN && choice.move(0) == Choice.Move.CONTINUE;
    // Contexts are numbered densely: the usual question needs no text.
    if (goesOn && choice.actor(0) >= 0) return continuing(choice.actor(0));
    return named.computeIfAbsent(Occasion.asker(choice), asker -> new int[1]);
  }

  private int[] continuing(int actor) {
    if (actor >= continuing.length) {
      continuing = java.util.Arrays.copyOf(continuing, 2 * actor);
    }
    int[] known = continuing[actor];
    if (known == null) {
      known = new int[1];
      continuing[actor] = known;
    }
    return known;
  }
}
