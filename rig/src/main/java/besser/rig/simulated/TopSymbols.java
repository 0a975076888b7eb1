package besser.rig.simulated;

import besser.kernel.observe.CallNode;
import besser.rig.run.LiveStep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions that most samples of a call tree landed in.
 *
 * @param shares at most ten, the first with most
 * @param samples how many they are of, outside the idle loop
 */
record TopSymbols(List<LiveStep.Symbol> shares, long samples) {
  private static final int SHOWN = 10;

  static TopSymbols of(CallNode root) {
    Map<String, Long> counts = new HashMap<>();
    count(root, counts);
    counts.remove(FoldedStacks.IDLE);
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    List<LiveStep.Symbol> shares =
        counts.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(SHOWN)
            .map(e -> new LiveStep.Symbol(e.getKey(), (double) e.getValue() / all))
            .toList();
    return new TopSymbols(shares, all);
  }

  private static void count(CallNode node, Map<String, Long> counts) {
    if (!node.isRoot() && node.samples() > 0) {
      counts.merge(node.function().name(), node.samples(), Long::sum);
    }
    for (CallNode child : node.children()) count(child, counts);
  }
}
