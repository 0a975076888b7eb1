package besser.rig.traffic;

/** Looks on while traffic flows; called from the thread that carries it and must not block it. */
public interface TrafficWatch {
  /** Nobody looks on. */
  TrafficWatch NONE = () -> false;

  /** Whether the load is to end now. Asked ten times a second. */
  boolean stopRequested();

  /**
   * How far the traffic is, once a second.
   *
   * @param secondsDone since its start
   * @param bytes that the kernel took from the sender so far; at a receiver on its own, those that
   *     came
   */
  default void at(double secondsDone, long bytes) {}
}
