package besser.kernel.mac80211;

/**
 * A QoS data frame of IEEE 802.11 with LLC/SNAP (RFC 1042) before its payload: 26 + 8 bytes, then
 * the packet. Protected frames are seen without IV and ICV, as drivers that strip them deliver.
 */
public final class QosDataFrame {
  /** The 802.11 header, in bytes. */
  public static final int HEADER_BYTES = 26;

  /** LLC/SNAP with the EtherType, in bytes. */
  public static final int LLC_SNAP_BYTES = 8;

  /** What stands before the packet, in bytes. */
  public static final int OVERHEAD_BYTES = HEADER_BYTES + LLC_SNAP_BYTES;

  private static final int TYPE_MASK = 0xfc;
  private static final int QOS_DATA = 0x88;
  private static final int FLAG_TO_DS = 0x01;
  private static final int FLAG_FROM_DS = 0x02;
  private static final int FLAG_RETRY = 0x08;
  private static final int FLAG_PROTECTED = 0x40;

  private QosDataFrame() {}

  /**
   * Which way a frame crosses the access point, and who is in its addresses.
   *
   * @param station the station's address
   * @param bssid the access point's address
   * @param peer whoever is on the far side of the access point
   */
  public record Route(MacAddress station, MacAddress bssid, MacAddress peer) {}

  /**
   * Writes a frame from the peer through the access point to the station.
   *
   * @param sequenceNumber 0 to 4095
   * @param tid 0 to 7
   * @return the offset of the packet
   */
  public static int writeFromDs(
      byte[] to, int at, Route route, int sequenceNumber, int tid, int etherType) {
    to[at + 1] = (byte) (FLAG_FROM_DS | FLAG_PROTECTED);
    putAddress(to, at + 4, route.station().bits());
    putAddress(to, at + 10, route.bssid().bits());
    putAddress(to, at + 16, route.peer().bits());
    return writeRest(to, at, sequenceNumber, tid, etherType);
  }

  /** Writes a frame from the station through the access point to the peer. */
  public static int writeToDs(
      byte[] to, int at, Route route, int sequenceNumber, int tid, int etherType) {
    to[at + 1] = (byte) (FLAG_TO_DS | FLAG_PROTECTED);
    putAddress(to, at + 4, route.bssid().bits());
    putAddress(to, at + 10, route.station().bits());
    putAddress(to, at + 16, route.peer().bits());
    return writeRest(to, at, sequenceNumber, tid, etherType);
  }

  private static int writeRest(byte[] to, int at, int sequenceNumber, int tid, int etherType) {
    if (sequenceNumber < 0 || sequenceNumber > 0xfff) {
      throw new IllegalArgumentException(
          "sequence number must be 0 to 4095, got " + sequenceNumber);
    }
    if (tid < 0 || tid > 7) throw new IllegalArgumentException("tid must be 0 to 7, got " + tid);
    to[at] = (byte) QOS_DATA;
    putLe16(to, at + 2, 0);
    putLe16(to, at + 22, sequenceNumber << 4);
    putLe16(to, at + 24, tid);
    int llc = at + HEADER_BYTES;
    to[llc] = (byte) 0xaa;
    to[llc + 1] = (byte) 0xaa;
    to[llc + 2] = 3;
    to[llc + 3] = 0;
    to[llc + 4] = 0;
    to[llc + 5] = 0;
    to[llc + 6] = (byte) (etherType >> 8);
    to[llc + 7] = (byte) etherType;
    return llc + LLC_SNAP_BYTES;
  }

  /** Whether the bytes are a QoS data frame with LLC/SNAP. */
  public static boolean isQosData(byte[] bytes, int at, int length) {
    return length >= OVERHEAD_BYTES && (bytes[at] & TYPE_MASK) == QOS_DATA;
  }

  /** Marks the frame as a retransmission. */
  public static void setRetry(byte[] bytes, int at) {
    bytes[at + 1] |= FLAG_RETRY;
  }

  /** Whether it is marked as a retransmission. */
  public static boolean isRetry(byte[] bytes, int at) {
    return (bytes[at + 1] & FLAG_RETRY) != 0;
  }

  /** Its sequence number, 0 to 4095. */
  public static int sequenceNumber(byte[] bytes, int at) {
    return le16(bytes, at + 22) >> 4;
  }

  /** Its traffic identifier, 0 to 7. */
  public static int tid(byte[] bytes, int at) {
    return bytes[at + 24] & 7;
  }

  /** The EtherType of its payload. */
  public static int etherType(byte[] bytes, int at) {
    return (bytes[at + HEADER_BYTES + 6] & 0xff) << 8 | (bytes[at + HEADER_BYTES + 7] & 0xff);
  }

  /** The first address: the receiver on the air. */
  public static MacAddress receiver(byte[] bytes, int at) {
    return address(bytes, at + 4);
  }

  /** The second address: the transmitter on the air. */
  public static MacAddress transmitter(byte[] bytes, int at) {
    return address(bytes, at + 10);
  }

  /** The third address: the source from, or the destination to, the distribution system. */
  public static MacAddress farEnd(byte[] bytes, int at) {
    return address(bytes, at + 16);
  }

  private static MacAddress address(byte[] bytes, int at) {
    long bits = 0;
    for (int i = 0; i < 6; i++) bits = bits << 8 | (bytes[at + i] & 0xff);
    return new MacAddress(bits);
  }

  private static void putAddress(byte[] bytes, int at, long bits) {
    for (int i = 0; i < 6; i++) bytes[at + i] = (byte) (bits >>> (40 - 8 * i));
  }

  private static int le16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static void putLe16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
  }
}
