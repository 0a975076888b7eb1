package besser.rig.traffic;

import besser.rig.linux.InterfaceTable;

/**
 * What a network interface of the receiver counted during a step, headers included.
 *
 * @param name such as {@code wlan0}
 * @param rxBytes arrived, with link-layer headers
 * @param rxPackets arrived
 * @param rxErrors arrived damaged
 * @param rxDropped arrived and thrown away
 */
public record InterfaceCount(
    String name, long rxBytes, long rxPackets, long rxErrors, long rxDropped) {
  static InterfaceCount of(InterfaceTable.Counters counters) {
    return new InterfaceCount(
        counters.name(),
        counters.rxBytes(),
        counters.rxPackets(),
        counters.rxErrors(),
        counters.rxDropped());
  }

  /** What was counted since an earlier reading. */
  public InterfaceCount since(InterfaceCount earlier) {
    return new InterfaceCount(
        name,
        rxBytes - earlier.rxBytes,
        rxPackets - earlier.rxPackets,
        rxErrors - earlier.rxErrors,
        rxDropped - earlier.rxDropped);
  }
}
