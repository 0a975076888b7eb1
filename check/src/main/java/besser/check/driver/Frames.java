package besser.check.driver;

import besser.bes2600.wire.Indications;
import besser.bes2600.wire.RxIndication;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.mac80211.QosDataFrame;

/** The messages that scenarios put on the bus. */
final class Frames {
  static final MacAddress STATION = new MacAddress(0x02_00_00_00_00_01L);
  static final MacAddress ACCESS_POINT = new MacAddress(0x02_00_00_00_00_02L);
  static final MacAddress PEER = new MacAddress(0x02_00_00_00_00_03L);
  static final MacAddress OTHER_STATION = new MacAddress(0x02_00_00_00_00_04L);
  static final QosDataFrame.Route ROUTE = new QosDataFrame.Route(STATION, ACCESS_POINT, PEER);
  static final int ETH_P_IP = 0x0800;
  static final int CHANNEL = 6;

  /** Long enough that an skb for it comes from the page fragment cache, as real ones do. */
  static final int MPDU_BYTES = 734;

  private static final int MCS7_RATE = 21;
  private static final int RCPI = 110;
  private static final int DEAUTHENTICATION = 0xc0;
  private static final int BEACON = 0x80;
  private static final int MANAGEMENT_BYTES = 24;
  private static final int REASON_INACTIVITY = 4;
  private static final int EXCEPTION_REASON = 2;

  private Frames() {}

  /** A data frame; its number is its sequence number, and even and odd ones differ in TID. */
  static byte[] data(int number, int ifId) {
    byte[] message = indication(MPDU_BYTES, ifId);
    MacAddress receiver = ifId == 0 ? STATION : OTHER_STATION;
    QosDataFrame.Route route = new QosDataFrame.Route(receiver, ACCESS_POINT, PEER);
    int tid = number % 2 == 0 ? 0 : 5;
    QosDataFrame.writeFromDs(message, RxIndication.HEADER_BYTES, route, number, tid, ETH_P_IP);
    return message;
  }

  /** A beacon of the access point. */
  static byte[] beacon() {
    byte[] message = indication(MANAGEMENT_BYTES + 12 + 6, 0);
    management(message, BEACON, new MacAddress(0xff_ff_ff_ff_ff_ffL));
    int elements = RxIndication.HEADER_BYTES + MANAGEMENT_BYTES + 12;
    byte[] tim = {5, 4, 0, 1, 0, 0};
    System.arraycopy(tim, 0, message, elements, tim.length);
    return message;
  }

  /** A deauthentication of the station. */
  static byte[] deauthentication() {
    byte[] message = indication(MANAGEMENT_BYTES + 2, 0);
    management(message, DEAUTHENTICATION, STATION);
    message[RxIndication.HEADER_BYTES + MANAGEMENT_BYTES] = REASON_INACTIVITY;
    return message;
  }

  /** An exception of the firmware. */
  static byte[] exception() {
    byte[] message = new byte[Indications.EXCEPTION_BYTES];
    Indications.putException(message, 0, EXCEPTION_REASON);
    return message;
  }

  private static byte[] indication(int frameBytes, int ifId) {
    byte[] message = new byte[RxIndication.HEADER_BYTES + frameBytes];
    int flags = RxIndication.ENCRYPTION_DECRYPTED | RxIndication.FLAG_HT;
    RxIndication.put(message, 0, ifId, frameBytes, 0, CHANNEL, MCS7_RATE, RCPI, flags);
    return message;
  }

  private static void management(byte[] message, int type, MacAddress receiver) {
    int at = RxIndication.HEADER_BYTES;
    message[at] = (byte) type;
    put(message, at + 4, receiver);
    put(message, at + 10, ACCESS_POINT);
    put(message, at + 16, ACCESS_POINT);
  }

  private static void put(byte[] to, int at, MacAddress address) {
    for (int i = 0; i < 6; i++) to[at + i] = (byte) (address.bits() >>> (40 - 8 * i));
  }
}
