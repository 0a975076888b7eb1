package besser.bes2600.wire;

/**
 * The four bytes before every WSM message: its length including them, and its id with the sequence
 * number in bits 15 to 13 and the interface or link id in bits 9 to 6.
 */
public final class WsmHeader {
  /** Bytes of the header. */
  public static final int BYTES = 4;

  /** Bytes of the longer header of MCU messages (id class 0xC00). */
  public static final int MCU_BYTES = 16;

  /** {@code handle_label} of an MCU confirm. */
  public static final int MCU_CONFIRM_LABEL = 0x0f;

  /** {@code handle_label} of an MCU indication. */
  public static final int MCU_INDICATION_LABEL = 0xf0;

  private static final int SEQUENCE_SHIFT = 13;
  private static final int SEQUENCE_MASK = 7;
  private static final int LINK_SHIFT = 6;
  private static final int LINK_MASK = 0xf;

  private WsmHeader() {}

  /** Message length in bytes, header included. */
  public static int length(byte[] bytes, int at) {
    return LittleEndian.u16(bytes, at);
  }

  /** The whole id field: sequence, class, interface, message. */
  public static int rawId(byte[] bytes, int at) {
    return LittleEndian.u16(bytes, at + 2);
  }

  /** Writes length in bytes and the id field; the sequence number is 0 until it is set. */
  public static void put(byte[] bytes, int at, int lengthBytes, int id) {
    LittleEndian.putU16(bytes, at, lengthBytes);
    LittleEndian.putU16(bytes, at + 2, id);
  }

  /** Writes an MCU header with its label and command type. */
  public static void putMcu(byte[] bytes, int at, int lengthBytes, int id, int label, int command) {
    put(bytes, at, lengthBytes, id);
    LittleEndian.putU32(bytes, at + 4, 0);
    LittleEndian.putU32(bytes, at + 8, label);
    LittleEndian.putU32(bytes, at + 12, command);
  }

  /** {@code handle_label} of an MCU message. */
  public static int mcuLabel(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 8);
  }

  /** The command type of an MCU message. */
  public static int mcuCommandType(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 12);
  }

  /** The id with class, interface and message, without the sequence number. */
  public static int id(int rawId) {
    return rawId & 0xfff;
  }

  /** The sequence number, 0 to 7. */
  public static int sequence(int rawId) {
    return (rawId >> SEQUENCE_SHIFT) & SEQUENCE_MASK;
  }

  /** Stores a sequence number, 0 to 7, into a message's id field. */
  public static void putSequence(byte[] bytes, int at, int sequence) {
    int cleared = rawId(bytes, at) & ~(SEQUENCE_MASK << SEQUENCE_SHIFT);
    LittleEndian.putU16(bytes, at + 2, cleared | (sequence & SEQUENCE_MASK) << SEQUENCE_SHIFT);
  }

  /** The number after this one: three bits, wrapping. */
  public static int nextSequence(int sequence) {
    return (sequence + 1) & SEQUENCE_MASK;
  }

  /** Which of the two sequence counters a message uses: 1 for class 0xC00, otherwise 0. */
  public static int sequenceIndex(int id) {
    return (id & 0xf00) == 0xc00 ? 1 : 0;
  }

  /** The interface or link id, 0 to 15. */
  public static int linkId(int id) {
    return (id >> LINK_SHIFT) & LINK_MASK;
  }

  /** The id with an interface or link id, 0 to 15, in place of the one it has. */
  public static int withLinkId(int id, int linkId) {
    return withoutLinkId(id) | (linkId & LINK_MASK) << LINK_SHIFT;
  }

  /** The id without its interface or link id. */
  public static int withoutLinkId(int id) {
    return id & ~(LINK_MASK << LINK_SHIFT);
  }

  /** Whether the driver counts this as a confirm that returns a buffer. */
  public static boolean isConfirm(int id, int mcuLabel) {
    return (id & 0xf00) == 0x400 || ((id & 0xf00) == 0xc00 && mcuLabel == MCU_CONFIRM_LABEL);
  }

  /** A length rounded up to the four bytes at which the next message of a transfer starts. */
  public static int align(int lengthBytes) {
    return (lengthBytes + 3) & ~3;
  }
}
