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

  /** Whether {@code pipe_read} may ask the card again: started, not idle, buffers in use. */
  boolean mayPollCard();

  /** {@code queue_work(sdio_wq, rx_work)}. */
  void queueRxWork();

  /**
   * The per-packet body of {@code bes2600_bh_rx_helper}: header and sequence checks, credit
   * release, pending count, {@code wsm_handle_rx}. Consumes the skb.
   *
   * @return 1, or negative on error
   */
  int handleMessage(SkBuff skb, TxWanted tx);

  /** {@code rx_data_cnt}: messages extracted. */
  SharedInt rxDataCnt();

  /** {@code rx_proc_cnt}: messages taken by bh. */
  SharedInt rxProcCnt();
}
