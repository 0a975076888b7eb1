package besser.bes2600.air;

import besser.bes2600.environment.Environment;
import besser.kernel.inet.Ipv4Header;
import besser.kernel.mac80211.QosDataFrame;

/**
 * An access point bridging a wire and the air for one associated station.
 *
 * <p>Downlink: a bounded queue that drops its tail, ages, and retries up to a limit. Uplink: frames
 * are put back in order and handed to the wire.
 */
public final class AccessPoint {
  private static final int DEAUTHENTICATION = 0xc0;
  private static final int DEAUTHENTICATION_BYTES = 26;

  private final QosDataFrame.Route route;
  private final Wire wire;
  private final BlockAckSender downlink;
  private final ReorderBuffer uplink;
  private int sequenceNumber;
  private boolean associated = true;

  /** The wired side. */
  public interface Wire {
    /** A packet from the station, in {@code length} bytes from {@code offset}. */
    void fromAir(byte[] bytes, int offset, int length);
  }

  /** An access point that the station of {@code route} is associated with. */
  public AccessPoint(
      Environment environment,
      Medium medium,
      AirParameters parameters,
      LossProcess loss,
      QosDataFrame.Route route,
      Wire wire,
      FrameReceiver station,
      BeaconReceiver beacons) {
    this.route = route;
    this.wire = wire;
    this.downlink =
        new BlockAckSender(
            environment,
            medium,
            "access point",
            parameters.downlink(),
            loss,
            station,
            (frame, acknowledged) -> {});
    this.uplink = new ReorderBuffer(new UplinkSink());
    new BeaconSender(environment, medium, parameters.beacons(), loss, beacons);
    for (int i = 0; i < parameters.otherStations() && parameters.otherLoad() > 0; i++) {
      double load = parameters.otherLoad() / parameters.otherStations();
      new OtherStation(
          environment, medium, "other station " + i, load, parameters.otherBurstNanos());
    }
  }

  /** Where the station's frames arrive. */
  public FrameReceiver uplink() {
    return uplink;
  }

  /** The queue towards the station. */
  public BlockAckSender downlink() {
    return downlink;
  }

  /** A packet from the wire for the station; false when it is dropped. */
  public boolean fromWire(byte[] packet, int length) {
    if (!associated) return false;
    byte[] bytes = new byte[QosDataFrame.OVERHEAD_BYTES + length];
    int number = sequenceNumber++ & 0xfff;
    int at = QosDataFrame.writeFromDs(bytes, 0, route, number, 0, Ipv4Header.ETHER_TYPE);
    System.arraycopy(packet, 0, bytes, at, length);
    return downlink.enqueue(new Frame(bytes, 0, bytes.length));
  }

  /** Sends the station away with a deauthentication, and forgets it. */
  public void dropStation(int reasonCode) {
    byte[] bytes = new byte[DEAUTHENTICATION_BYTES];
    bytes[0] = (byte) DEAUTHENTICATION;
    putAddress(bytes, 4, route.station().bits());
    putAddress(bytes, 10, route.bssid().bits());
    putAddress(bytes, 16, route.bssid().bits());
    bytes[24] = (byte) reasonCode;
    bytes[25] = (byte) (reasonCode >> 8);
    downlink.enqueue(new Frame(bytes, 0, bytes.length));
    associated = false;
  }

  private static void putAddress(byte[] to, int at, long bits) {
    for (int i = 0; i < 6; i++) to[at + i] = (byte) (bits >>> (40 - 8 * i));
  }

  private final class UplinkSink implements ReorderBuffer.Sink {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void deliver(Frame frame) {
      if (!associated) return;
      byte[] bytes = frame.bytes();
      if (!QosDataFrame.isQosData(bytes, frame.offset(), frame.length())) return;
      wire.fromAir(
          bytes,
          frame.offset() + QosDataFrame.OVERHEAD_BYTES,
          frame.length() - QosDataFrame.OVERHEAD_BYTES);
    }
  }
}
