package besser.trace.perf;

import besser.trace.Frame;
import java.util.Set;

/** A frame with what a pass over samples wants to know of it without comparing text each time. */
final class Site {
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

  private final Frame frame;
  private final boolean interruptEntry;
  private final boolean idleLoop;

  Site(Frame frame) {
    this.frame = frame;
    this.interruptEntry =
        frame.space() == Frame.Space.KERNEL
            && (INTERRUPT_ENTRIES.contains(frame.symbol())
                || frame.symbol().startsWith("asm_sysvec_")
                || frame.symbol().startsWith("sysvec_")
                || frame.symbol().startsWith("__sysvec_"));
    this.idleLoop =
        frame.space() == Frame.Space.KERNEL
            && (frame.symbol().contains("idle")
                || frame.symbol().contains("mwait")
                || frame.symbol().endsWith("safe_halt"));
  }

  Frame frame() {
    return frame;
  }

  /** Whether all frames above this one run in an interrupt or a soft interrupt. */
  boolean isInterruptEntry() {
    return interruptEntry;
  }

  /** Whether an idle CPU spends its time here ({@code symbol__is_idle} of the perf tool). */
  boolean isIdleLoop() {
    return idleLoop;
  }
}
