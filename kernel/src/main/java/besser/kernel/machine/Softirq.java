package besser.kernel.machine;

/** The softirq vectors in Linux's order, which is the order of service. */
public enum Softirq {
  HI,
  TIMER,
  NET_TX,
  NET_RX,
  BLOCK,
  IRQ_POLL,
  TASKLET,
  SCHED,
  HRTIMER,
  RCU
}
