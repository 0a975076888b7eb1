package besser.bes2600.wire;

/** Transmit request (0x004): 24 bytes, then the 802.11 frame, two bytes later if bit 7 says so. */
public final class TxRequest {
  /** Bytes before the 802.11 frame, WSM header included. */
  public static final int HEADER_BYTES = 24;

  /** Bytes of host time stamp that follow the message and are not in its length. */
  public static final int TIMESTAMP_BYTES = 4;

  /** Flag: the frame starts two bytes further. */
  public static final int FLAG_SHIFTED = 1 << 7;

  private TxRequest() {}

  /** The host's packet id, echoed in the confirm; see {@link PacketId}. */
  public static int packetId(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 4);
  }

  /** Highest hardware rate index to use. */
  public static int maxTxRate(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 8);
  }

  /** Link id and WSM queue: {@code link << 2 | queue}. */
  public static int queueId(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 9);
  }

  /** Whether the host says that more follows. */
  public static int more(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 10);
  }

  /** Coexistence priority in bits 3 to 1, rate policy in bits 6 to 4, {@link #FLAG_SHIFTED}. */
  public static int flags(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 11);
  }

  /** Time units until the firmware gives up, 0 for its default. */
  public static int expireTime(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 16);
  }

  /** HT parameters. */
  public static int htTxParameters(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 20);
  }

  /** Where the 802.11 frame starts, counted from the message's first byte. */
  public static int frameOffset(byte[] bytes, int at) {
    return HEADER_BYTES + ((flags(bytes, at) & FLAG_SHIFTED) != 0 ? 2 : 0);
  }

  /** Stores the packet id. */
  public static void putPacketId(byte[] bytes, int at, int packetId) {
    LittleEndian.putU32(bytes, at + 4, packetId);
  }

  /** Stores the highest rate. */
  public static void putMaxTxRate(byte[] bytes, int at, int rate) {
    LittleEndian.putU8(bytes, at + 8, rate);
  }

  /** Stores the queue id. */
  public static void putQueueId(byte[] bytes, int at, int queueId) {
    LittleEndian.putU8(bytes, at + 9, queueId);
  }

  /** Stores whether more follows. */
  public static void putMore(byte[] bytes, int at, int more) {
    LittleEndian.putU8(bytes, at + 10, more);
  }

  /** Stores the flags. */
  public static void putFlags(byte[] bytes, int at, int flags) {
    LittleEndian.putU8(bytes, at + 11, flags);
  }

  /** Stores the HT parameters. */
  public static void putHtTxParameters(byte[] bytes, int at, int parameters) {
    LittleEndian.putU32(bytes, at + 20, parameters);
  }

  /** Writes the header with all other fields 0. */
  public static void put(byte[] bytes, int at, int lengthBytes) {
    WsmHeader.put(bytes, at, lengthBytes, MessageId.TX_REQUEST);
    for (int i = WsmHeader.BYTES; i < HEADER_BYTES; i += 4) LittleEndian.putU32(bytes, at + i, 0);
  }
}
