package besser.bes2600.wire;

/**
 * Transmit confirm (0x404) and multi transmit confirm (0x41E).
 *
 * <p>Both hold entries of 20 bytes; the single one directly after its header, the multi one after a
 * 32-bit count.
 */
public final class TxConfirm {
  /** Bytes of one entry. */
  public static final int ENTRY_BYTES = 20;

  /** Bytes of a single confirm. */
  public static final int BYTES = WsmHeader.BYTES + ENTRY_BYTES;

  /** Where the entry of a single confirm starts. */
  public static final int SINGLE_ENTRY = WsmHeader.BYTES;

  /** Where the first entry of a multi confirm starts. */
  public static final int MULTI_ENTRY = WsmHeader.BYTES + 4;

  public static final int STATUS_SUCCESS = 0;
  public static final int STATUS_RETRY_EXCEEDED = 3;
  public static final int STATUS_REQUEUE = 11;

  public static final int FLAG_AGGREGATED = 1;
  public static final int FLAG_REQUEUE = 2;

  private TxConfirm() {}

  /** Number of entries of a multi confirm. */
  public static int count(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + WsmHeader.BYTES);
  }

  /** Bytes of a multi confirm of {@code count} entries. */
  public static int multiBytes(int count) {
    return MULTI_ENTRY + count * ENTRY_BYTES;
  }

  /** Writes header and count of a multi confirm. */
  public static void putMulti(byte[] bytes, int at, int count) {
    WsmHeader.put(bytes, at, multiBytes(count), MessageId.MULTI_TX_CONFIRM);
    LittleEndian.putU32(bytes, at + WsmHeader.BYTES, count);
  }

  /** Writes the header of a single confirm. */
  public static void putSingle(byte[] bytes, int at) {
    WsmHeader.put(bytes, at, BYTES, MessageId.TX_CONFIRM);
  }

  /** Writes one entry at {@code entry}. */
  public static void putEntry(
      byte[] bytes, int entry, int packetId, int status, int rate, int ackFailures, int flags) {
    LittleEndian.putU32(bytes, entry, packetId);
    LittleEndian.putU32(bytes, entry + 4, status);
    LittleEndian.putU8(bytes, entry + 8, rate);
    LittleEndian.putU8(bytes, entry + 9, ackFailures);
    LittleEndian.putU16(bytes, entry + 10, flags);
    LittleEndian.putU32(bytes, entry + 12, 0);
    LittleEndian.putU32(bytes, entry + 16, 0);
  }

  /** Stores media delay and queue delay, in microseconds, of the entry at {@code entry}. */
  public static void putDelays(byte[] bytes, int entry, int mediaMicros, int queueMicros) {
    LittleEndian.putU32(bytes, entry + 12, mediaMicros);
    LittleEndian.putU32(bytes, entry + 16, queueMicros);
  }

  /** The packet id of the entry. */
  public static int packetId(byte[] bytes, int entry) {
    return LittleEndian.u32(bytes, entry);
  }

  /** 0, or a {@code STATUS_*}. */
  public static int status(byte[] bytes, int entry) {
    return LittleEndian.u32(bytes, entry + 4);
  }

  /** The rate index at which it was sent. */
  public static int txedRate(byte[] bytes, int entry) {
    return LittleEndian.u8(bytes, entry + 8);
  }

  /** Attempts without acknowledgement. */
  public static int ackFailures(byte[] bytes, int entry) {
    return LittleEndian.u8(bytes, entry + 9);
  }

  /** See {@code FLAG_*}. */
  public static int flags(byte[] bytes, int entry) {
    return LittleEndian.u16(bytes, entry + 10);
  }

  /** Time on the air in microseconds. */
  public static int mediaDelayMicros(byte[] bytes, int entry) {
    return LittleEndian.u32(bytes, entry + 12);
  }

  /** Time in the firmware's queue in microseconds. */
  public static int txQueueDelayMicros(byte[] bytes, int entry) {
    return LittleEndian.u32(bytes, entry + 16);
  }
}
