package besser.bes2600.driver;

import besser.kernel.Timer;

/**
 * txrx.c and sta.c: block-ack statistics. Once per data frame in either direction; the result is
 * shown in debugfs and used for nothing.
 */
sealed interface BaStat permits LockedBaStat, AtomicBaStat {
  /** {@code bes2600_rx_h_ba_stat}. */
  void rx(Bes2600Vif priv, int payloadBytes);

  /** {@code bes2600_tx_h_ba_stat}. */
  void tx(Bes2600Vif priv, boolean isData, int payloadBytes);

  /** What joining a BSS does. */
  void reset();

  /** {@code ba_timer}. */
  Timer timer();
}
