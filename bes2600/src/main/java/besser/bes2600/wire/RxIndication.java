package besser.bes2600.wire;

/**
 * Receive indication (0x804): a WSM header of 32 bytes, then the 802.11 frame.
 *
 * <p>Bytes 16 to 31 are skipped by the driver.
 */
public final class RxIndication {
  /** Bytes before the 802.11 frame, WSM header included. */
  public static final int HEADER_BYTES = 32;

  public static final int STATUS_SUCCESS = 0;
  public static final int STATUS_DECRYPT_FAILURE = 4;
  public static final int STATUS_MIC_FAILURE = 5;
  public static final int STATUS_NO_KEY = 9;

  /** Bits 2 to 0 of the flags: how the frame was protected. */
  public static final int FLAG_ENCRYPTION_MASK = 7;

  /** Value of the encryption bits: decrypted by the firmware. */
  public static final int ENCRYPTION_DECRYPTED = 7;

  public static final int FLAG_AGGREGATE = 1 << 3;
  public static final int FLAG_BEACON = 1 << 7;
  public static final int FLAG_HT = 1 << 14;

  private static final int PEER_LINK_SHIFT = 25;

  private RxIndication() {}

  /** 0, or a {@code STATUS_*}. */
  public static int status(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 4);
  }

  /** Channel number; above 14 it is in the 5 GHz band. */
  public static int channel(byte[] bytes, int at) {
    return LittleEndian.u16(bytes, at + 8);
  }

  /** Hardware rate index; 14 and up is HT MCS 0 and up. */
  public static int rate(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 10);
  }

  /** Received channel power: dBm is half of it less 110. */
  public static int rcpi(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 11);
  }

  /** The flags; see {@code FLAG_*}. */
  public static int flags(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 12);
  }

  /** The peer's link id in the flags, 0 to 15. */
  public static int peerLinkId(int flags) {
    return (flags >> PEER_LINK_SHIFT) & 0xf;
  }

  /** The flags with a peer's link id. */
  public static int withPeerLinkId(int flags, int linkId) {
    return (flags & ~(0xf << PEER_LINK_SHIFT)) | (linkId & 0xf) << PEER_LINK_SHIFT;
  }

  /** Writes all before the frame, with sequence number 0; the caller places the frame. */
  public static void put(
      byte[] bytes,
      int at,
      int interfaceId,
      int frameBytes,
      int status,
      int channel,
      int rate,
      int rcpi,
      int flags) {
    int id = WsmHeader.withLinkId(MessageId.RECEIVE, interfaceId);
    WsmHeader.put(bytes, at, HEADER_BYTES + frameBytes, id);
    LittleEndian.putU32(bytes, at + 4, status);
    LittleEndian.putU16(bytes, at + 8, channel);
    LittleEndian.putU8(bytes, at + 10, rate);
    LittleEndian.putU8(bytes, at + 11, rcpi);
    LittleEndian.putU32(bytes, at + 12, flags);
    for (int i = 16; i < HEADER_BYTES; i += 4) LittleEndian.putU32(bytes, at + i, 0);
  }
}
