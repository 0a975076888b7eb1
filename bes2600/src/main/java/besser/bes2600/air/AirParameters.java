package besser.bes2600.air;

/**
 * Everything about the channel and the access point.
 *
 * @param downlink access point to station
 * @param uplink station to access point
 * @param loss what the channel loses, in either direction
 * @param beacons the access point's beacons
 * @param otherStations how many other stations contend, 0 to 64
 * @param otherLoad the part of the channel's time that they ask for together, 0 to 0.95
 * @param otherBurstNanos mean length of one of their exchanges
 */
public record AirParameters(
    LinkParameters downlink,
    LinkParameters uplink,
    LossParameters loss,
    BeaconParameters beacons,
    int otherStations,
    double otherLoad,
    long otherBurstNanos) {
  public AirParameters {
    if (otherStations < 0 || otherStations > 64) {
      throw new IllegalArgumentException("other stations must be in 0..64, got " + otherStations);
    }
    if (!(otherLoad >= 0 && otherLoad <= 0.95)) {
      throw new IllegalArgumentException("other load must be in 0..0.95, got " + otherLoad);
    }
    if (otherBurstNanos < 1) {
      throw new IllegalArgumentException("other burst must be >= 1 ns, got " + otherBurstNanos);
    }
  }

  /** The same air under another load by other stations. */
  public AirParameters withOtherLoad(double load) {
    return new AirParameters(downlink, uplink, loss, beacons, otherStations, load, otherBurstNanos);
  }

  /** The same air with other losses. */
  public AirParameters withLoss(LossParameters newLoss) {
    return new AirParameters(
        downlink, uplink, newLoss, beacons, otherStations, otherLoad, otherBurstNanos);
  }
}
