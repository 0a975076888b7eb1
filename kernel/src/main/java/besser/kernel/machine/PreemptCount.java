package besser.kernel.machine;

/** The layout of {@code preempt_count()}. */
final class PreemptCount {
  static final int PREEMPT = 1;
  static final int SOFTIRQ = 0x100;
  static final int SOFTIRQ_DISABLE = 2 * SOFTIRQ;
  static final int HARDIRQ = 0x10000;
  static final int SOFTIRQ_MASK = 0xff00;
  static final int HARDIRQ_MASK = 0xf0000;

  private PreemptCount() {}

  static boolean inInterrupt(int count) {
    return (count & (SOFTIRQ_MASK | HARDIRQ_MASK)) != 0;
  }

  static boolean inServingSoftirq(int count) {
    return (count & SOFTIRQ) != 0;
  }

  static boolean inHardirq(int count) {
    return (count & HARDIRQ_MASK) != 0;
  }
}
