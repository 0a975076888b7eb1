package besser.bes2600.wire;

/** Registers of SDIO function 1 that this driver reads and writes with CMD52. */
public final class SdioRegisters {
  /** Bit 0: a length of zero in {@link #NEXT_LENGTH} is true, not stale. */
  public static final int TX_CONTROL = 0x000;

  /** Length of the next transfer to the host; reading it clears the card's interrupt. */
  public static final int NEXT_LENGTH = 0x001;

  /** Card status bits {@code STATUS_*}. */
  public static final int SLAVE_STATUS = 0x10c;

  /** Host interrupt, low byte; the high byte {@link #HOST_INT_HIGH} is written first. */
  public static final int HOST_INT = 0x120;

  public static final int HOST_INT_HIGH = 0x121;

  /** Configuration of the host wake-up line. */
  public static final int AP_WAKEUP = 0x124;

  public static final int TRUE_ZERO = 1;

  public static final int STATUS_MCU_READY = 1;
  public static final int STATUS_DPD_READY = 1 << 1;
  public static final int STATUS_WIFI_READY = 1 << 2;
  public static final int STATUS_BT_READY = 1 << 3;
  public static final int STATUS_MCU_WAKEUP_READY = 1 << 4;

  public static final int HOST_INT_REQUEST = 1;
  public static final int HOST_INT_MCU_DEACTIVATE = 1 << 2;
  public static final int HOST_INT_MCU_ACTIVATE = 1 << 3;
  public static final int HOST_INT_WIFI_DEACTIVATE = 1 << 4;
  public static final int HOST_INT_WIFI_ACTIVATE = 1 << 5;
  public static final int HOST_INT_WIFI_DEBUG = 1 << 6;
  public static final int HOST_INT_SYSTEM_CLOSE = 1 << 9;

  /** Bytes of one block. */
  public static final int BLOCK_BYTES = 512;

  private SdioRegisters() {}

  /**
   * The value of {@link #NEXT_LENGTH} for a transfer of {@code blocks} blocks (1 to 127).
   *
   * @param toggle the length toggle, 0 or 1, which flips with each announced length
   */
  public static int lengthRegister(int blocks, int toggle) {
    if (blocks < 0 || blocks > 127) {
      throw new IllegalArgumentException("blocks must be in 0..127, got " + blocks);
    }
    return blocks | (toggle & 1) << 7;
  }

  /** Blocks in a {@link #NEXT_LENGTH} value. */
  public static int blocks(int lengthRegister) {
    return lengthRegister & 0x7f;
  }

  /** The length toggle of a {@link #NEXT_LENGTH} value, 0 or 1. */
  public static int toggle(int lengthRegister) {
    return (lengthRegister >> 7) & 1;
  }
}
