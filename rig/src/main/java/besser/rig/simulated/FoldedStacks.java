package besser.rig.simulated;

import besser.kernel.observe.CallNode;

/** The samples of a call tree, one stack a line, as flame graph tools fold them. */
final class FoldedStacks {
  private FoldedStacks() {}

  static String of(CallNode root) {
    StringBuilder text = new StringBuilder();
    for (CallNode child : root.children()) add(child, "", text);
    return text.toString();
  }

  private static void add(CallNode node, String callers, StringBuilder text) {
    String stack =
        callers.isEmpty() ? node.function().name() : callers + ";" + node.function().name();
    if (node.samples() > 0) text.append(stack).append(' ').append(node.samples()).append('\n');
    for (CallNode child : node.children()) add(child, stack, text);
  }
}
