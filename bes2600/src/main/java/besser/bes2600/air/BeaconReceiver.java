package besser.bes2600.air;

/** A station listening for its access point's beacons. */
public interface BeaconReceiver {
  /**
   * A beacon was heard.
   *
   * @param number counts the access point's beacons from 0
   * @param dtim whether it announces group traffic
   */
  void beacon(long number, boolean dtim);
}
