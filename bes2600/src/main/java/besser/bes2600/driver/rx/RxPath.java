package besser.bes2600.driver.rx;

import besser.kernel.net.SkBuff;

/** One receive topology: who looks at the card, who dispatches a message, and who wakes bh. */
public sealed interface RxPath permits Relay, DirectSketch, Direct, DirectHardened, BottomHalf {
  /** The card raised its interrupt, or a transmission ended: there may be something to read. */
  void cardMayHaveData();

  /**
   * What {@code bes2600_sdio_extract_packets} does with each message of a transfer.
   *
   * @param skb the message from its WSM header on; owned by the topology from here
   * @return 0, or a negative error that fails the reader of the transfer
   */
  int deliver(SkBuff skb);

  /** The end of {@code extract_packets}, whether or not it met an error. */
  void transferExtracted();

  /** Whether the reader calls {@code irq_handler}, which wakes bh, after this transfer. */
  boolean wakesBh();

  /**
   * The receive step of the bh loop.
   *
   * @param rx whether bh was woken to receive, or received in its step before
   * @param tx raised when a returned credit calls for a transmit pass
   * @return 1 when something was consumed, 0 when there was nothing, negative on error
   */
  int bhReceive(boolean rx, TxWanted tx);

  /** The end of bh's receive pass, before it transmits. */
  void bhReceived();

  /** Frees what is queued between the contexts, when the Wi-Fi subsystem is switched off. */
  void empty();
}
