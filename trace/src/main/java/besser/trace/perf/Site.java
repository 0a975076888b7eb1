package besser.trace.perf;

import besser.trace.Frame;
import besser.trace.IdleChains;

/** A frame with what a pass over samples wants to know of it without comparing text each time. */
final class Site {
  private final Frame frame;
  private final boolean interruptEntry;
  private final boolean idleLoop;

  Site(Frame frame) {
    this.frame = frame;
    this.interruptEntry = IdleChains.isInterruptEntry(frame);
    this.idleLoop = IdleChains.isIdleLoop(frame);
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
