package besser.bes2600.wire;

/**
 * The CMD53 argument as this driver uses it: the address bits 24 to 9 carry the byte length, and
 * bit 25 a toggle by which the card tells a new transfer from a repeated one.
 */
public final class Cmd53 {
  private static final int WRITE = 0x80000000;
  private static final int BLOCK_MODE = 0x08000000;
  private static final int INCREMENTING = 0x04000000;
  private static final int TOGGLE = 0x02000000;
  private static final int COUNT_MASK = 0x1ff;

  private Cmd53() {}

  /**
   * A block mode transfer.
   *
   * @param length the 16-bit length field: bytes, and for writes the block class in bits 1 to 0
   * @param blocks number of 512-byte blocks, 1 to 511
   */
  public static int blockMode(boolean write, int function, int length, int toggle, int blocks) {
    return base(write, function, length, toggle) | BLOCK_MODE | (blocks & COUNT_MASK);
  }

  /** A byte mode transfer of 1 to 512 bytes; 512 is written as count 0. */
  public static int byteMode(boolean write, int function, int bytes, int toggle) {
    return base(write, function, bytes, toggle) | (bytes & COUNT_MASK);
  }

  private static int base(boolean write, int function, int length, int toggle) {
    return (write ? WRITE : 0)
        | (function & 7) << 28
        | INCREMENTING
        | (toggle & 1) << 25
        | (length & 0xffff) << 9;
  }

  /** Whether it goes from host to card. */
  public static boolean isWrite(int argument) {
    return (argument & WRITE) != 0;
  }

  /** The SDIO function, 0 to 7. */
  public static int function(int argument) {
    return (argument >>> 28) & 7;
  }

  /** Whether the count is in blocks. */
  public static boolean isBlockMode(int argument) {
    return (argument & BLOCK_MODE) != 0;
  }

  /** The transfer toggle, 0 or 1. */
  public static int toggle(int argument) {
    return (argument & TOGGLE) != 0 ? 1 : 0;
  }

  /** The 16-bit length field, with the block class of a write still in it. */
  public static int length(int argument) {
    return (argument >>> 9) & 0xffff;
  }

  /** Bytes that cross the bus: whole blocks, or the bytes of byte mode. */
  public static int transferBytes(int argument) {
    int count = argument & COUNT_MASK;
    if (isBlockMode(argument)) return count * SdioRegisters.BLOCK_BYTES;
    return count == 0 ? SdioRegisters.BLOCK_BYTES : count;
  }
}
