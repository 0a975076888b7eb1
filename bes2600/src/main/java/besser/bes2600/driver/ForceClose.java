package besser.bes2600.driver;

/**
 * One force close of the Wi-Fi subsystem: the link is dead from here on.
 *
 * @param atNanos virtual time since boot in nanoseconds
 * @param reason what gave up
 * @param halt whether the device was to be halted first
 */
public record ForceClose(long atNanos, Reason reason, boolean halt) {
  /** Who calls {@code bes2600_chrdev_wifi_force_close}. */
  public enum Reason {
    /** {@code sdio_rx_work} failed. */
    RX_WORK("sdio_rx_work failed"),
    /** {@code sdio_tx_work} could not write. */
    TX_WORK("sdio_tx_work could not write"),
    /** A message that bh received was refused. */
    BH_RX("bh refused a received message"),
    /** Nothing woke bh for 5 s with buffers in use. */
    BH_TIMEOUT("no event for 5 s with buffers in use"),
    /** No confirm from the LMAC for 3 s. */
    LMAC_MONITOR("no confirm from the lmac for 3 s"),
    /** No confirm from the MCU for 3 s. */
    MCU_MONITOR("no confirm from the mcu for 3 s"),
    /** Frames did not leave the firmware within 10 s. */
    FLUSH_TX("frames stuck in the firmware for 10 s"),
    /** Waking the card failed. */
    SBUS_ACTIVE("sbus_active could not reach the card"),
    /** Putting the card to sleep failed. */
    SBUS_DEACTIVE("sbus_deactive could not reach the card");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The reason in words. */
    public String text() {
      return text;
    }
  }
}
