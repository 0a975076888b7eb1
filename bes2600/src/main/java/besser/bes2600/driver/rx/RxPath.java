package besser.bes2600.driver.rx;

import besser.kernel.net.SkBuff;

/** One receive topology: the calls that {@code sdio_rx_work} and bh make for a message. */
public sealed interface RxPath permits Relay, Direct {
  /**
   * What {@code bes2600_sdio_extract_packets} does with each message of a transfer.
   *
   * @param skb the message from its WSM header on; owned by the topology from here
   * @return 0, or a negative error that fails {@code sdio_rx_work}
   */
  int deliver(SkBuff skb);

  /**
   * The receive step of the bh loop.
   *
   * @param tx raised when a returned credit calls for a transmit pass
   * @return 1 when a message was consumed, 0 when there was none, negative on error
   */
  int bhReceive(TxWanted tx);

  /** Frees what is queued between the contexts, when the Wi-Fi subsystem is switched off. */
  void empty();
}
