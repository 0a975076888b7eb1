package besser.trace;

import java.util.Set;

/**
 * Tells by a sample's functions whether its CPU was idle. A sample of the idle task is not idle
 * when an interrupt, or a soft interrupt behind it, runs on top of it.
 */
public final class IdleChains {
  private static final Set<String> INTERRUPT_ENTRIES =
      Set.of(
          "asm_common_interrupt",
          "common_interrupt",
          "asm_exc_nmi",
          "irq_exit",
          "irq_exit_rcu",
          "__irq_exit_rcu",
          "__do_softirq",
          "handle_softirqs",
          "do_softirq",
          "el1_irq",
          "el1_interrupt",
          "el1h_64_irq",
          "el1h_64_irq_handler",
          "gic_handle_irq",
          "handle_domain_irq",
          "generic_handle_domain_irq",
          "call_on_irq_stack",
          "handle_irq_event",
          "do_IRQ");

  private IdleChains() {}

  /** Whether all functions called from this one run in an interrupt or a soft interrupt. */
  public static boolean isInterruptEntry(Frame frame) {
    String symbol = frame.symbol();
    return frame.space() == Frame.Space.KERNEL
        && (INTERRUPT_ENTRIES.contains(symbol)
            || symbol.startsWith("asm_sysvec_")
            || symbol.startsWith("sysvec_")
            || symbol.startsWith("__sysvec_"));
  }

  /** Whether an idle CPU spends its time here ({@code symbol__is_idle} of the perf tool). */
  public static boolean isIdleLoop(Frame frame) {
    String symbol = frame.symbol();
    return frame.space() == Frame.Space.KERNEL
        && (symbol.contains("idle") || symbol.contains("mwait") || symbol.endsWith("safe_halt"));
  }

  /**
   * Whether a sample of the idle task was idle. Without a chain the function alone must tell: the
   * idle loop, or none that is known.
   */
  public static boolean isIdle(Sample sampleOfIdleTask) {
    int depth = sampleOfIdleTask.depth();
    if (depth == 1) {
      Frame only = sampleOfIdleTask.frame(0);
      return isIdleLoop(only) || only.symbol().equals(Frame.UNKNOWN_SYMBOL);
    }
    for (int i = 0; i < depth; i++) {
      if (isInterruptEntry(sampleOfIdleTask.frame(i))) {
        return false;
      }
    }
    return true;
  }
}
