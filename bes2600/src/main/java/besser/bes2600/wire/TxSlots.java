package besser.bes2600.wire;

/**
 * How a transfer to the card is laid out: up to 16 messages of one block class, each in a slot of
 * that class's stride.
 */
public final class TxSlots {
  /** Most messages in one transfer, in either direction. */
  public static final int MAX_MESSAGES = 16;

  /** Largest message, and the stride of the largest class, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 1632;

  private TxSlots() {}

  /** Blocks that a message of this many bytes fills; 5 and up cannot be sent. */
  public static int blocks(int messageBytes) {
    return (messageBytes + SdioRegisters.BLOCK_BYTES - 1) / SdioRegisters.BLOCK_BYTES;
  }

  /** Bytes of one slot for messages of {@code blocks} blocks. */
  public static int strideBytes(int blocks) {
    return blocks >= 4 ? MAX_MESSAGE_BYTES : blocks * SdioRegisters.BLOCK_BYTES;
  }

  /** The length field of a transfer: total bytes with {@code blocks - 1} in the two low bits. */
  public static int lengthField(int totalBytes, int blocks) {
    return totalBytes | (blocks - 1);
  }

  /** Bytes of one slot, from a length field. */
  public static int strideOfField(int lengthField) {
    return strideBytes((lengthField & 3) + 1);
  }

  /** Bytes in all slots, from a length field. */
  public static int totalOfField(int lengthField) {
    return lengthField & ~3;
  }

  /** Number of slots, from a length field. */
  public static int slotsOfField(int lengthField) {
    return totalOfField(lengthField) / strideOfField(lengthField);
  }
}
