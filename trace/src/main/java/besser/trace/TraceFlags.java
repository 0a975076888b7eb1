package besser.trace;

/** The bits of {@code common_flags}, as include/linux/trace_events.h numbers them. */
public final class TraceFlags {
  private static final long HARDIRQ = 0x08;
  private static final long SOFTIRQ = 0x10;

  private TraceFlags() {}

  /** The bits that tell what has interrupted the thread an event is charged to; 0 in the thread. */
  public static long interrupt(long flags) {
    return flags & (HARDIRQ | SOFTIRQ);
  }
}
