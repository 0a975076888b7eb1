package besser.rig.simulated;

import besser.kernel.observe.CallNode;

/**
 * The samples of a call tree outside the idle loop, one stack a line, as flame graph tools fold
 * them.
 */
final class FoldedStacks {
  /** Where an idle CPU is; what interrupts it there is called from here and is no idling. */
  static final String IDLE = "cpuidle_enter_state";

  private FoldedStacks() {}

  static String of(CallNode root) {
    StringBuilder text = new StringBuilder();
    for (CallNode child : root.children()) add(child, "", text);
    return text.toString();
  }

  private static void add(CallNode node, String callers, StringBuilder text) {
    String stack =
        callers.isEmpty() ? node.function().name() : callers + ";" + node.function().name();
    boolean idle = node.function().name().equals(IDLE);
    if (node.samples() > 0 && !idle)
      text.append(stack).append(' ').append(node.samples()).append('\n');
    for (CallNode child : node.children()) add(child, stack, text);
  }
}
