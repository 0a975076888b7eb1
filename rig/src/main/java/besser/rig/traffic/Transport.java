package besser.rig.traffic;

/** What carries the load. */
public enum Transport {
  /** One connection a step; the path can hold the sender up. */
  TCP,
  /** Numbered datagrams; what the path cannot take is lost, and counted. */
  UDP
}
