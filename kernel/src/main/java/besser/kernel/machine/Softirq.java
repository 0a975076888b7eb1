package besser.kernel.machine;

/** The softirq vectors in Linux's order, which is the order of service. */
public enum Softirq {
  HI(0),
  TIMER(1),
  NET_TX(2),
  NET_RX(3),
  BLOCK(4),
  IRQ_POLL(5),
  TASKLET(6),
  SCHED(7),
  HRTIMER(8),
  RCU(9);

  private final int vector;

  Softirq(int vector) {
    this.vector = vector;
  }

  /** The number that tracepoints show. */
  public int vector() {
    return vector;
  }
}
