package besser.bes2600.driver.rx;

import besser.kernel.Kernel;
import besser.kernel.SharedInt;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/** What a receive topology may use of the driver around it. */
public interface RxHost {
  /** The kernel. */
  Kernel kernel();

  /** {@code bes2600_chrdev_is_bus_error}. */
  boolean isBusError();

  /** {@code bes2600_tx_loop_read}: a synthetic confirm, when the bus is dead. */
  Optional<SkBuff> txLoopRead();

  /**
   * bh has found the bus dead: if nobody has done so yet, it answers all that is outstanding, once
   * {@code rx_work} and {@code tx_work} have come to their ends.
   */
  void startTxLoop();

  /** Whether {@code pipe_read} may ask the card again: started, not idle, buffers in use. */
  boolean mayPollCard();

  /** {@code queue_work(sdio_wq, rx_work)}. */
  void queueRxWork();

  /** {@code bes2600_irq_handler}: bh is to receive. */
  void wakeBhToReceive();

  /**
   * One round of {@code sdio_rx_work}'s loop: claims the host and reads the length register until
   * it shows a transfer or a true zero; reads the transfer, and delivers its messages.
   *
   * @return 1 when a transfer was read, 0 when there was none, negative on error
   */
  int readTransfer();

  /**
   * The per-packet body of {@code bes2600_bh_rx_helper}: header and sequence checks, credit
   * release, pending count, {@code wsm_handle_rx}. Consumes the skb.
   *
   * @return 1, or negative on error
   */
  int handleMessage(SkBuff skb, TxWanted tx);

  /** {@code wsm_handle_rx} alone, whatever it returns. Consumes the skb. */
  void dispatch(SkBuff skb);

  /** The frames dispatched since the last call are a batch: mac80211 may have them. */
  void batchDispatched();

  /** {@code rx_data_cnt}: messages extracted. */
  SharedInt rxDataCnt();

  /** {@code rx_proc_cnt}: messages taken by bh. */
  SharedInt rxProcCnt();
}
