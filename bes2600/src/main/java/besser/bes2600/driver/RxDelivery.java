package besser.bes2600.driver;

import besser.kernel.mac80211.RxStatus;
import besser.kernel.net.SkBuff;

/** How {@code bes2600_rx_cb} gives a frame to mac80211. */
sealed interface RxDelivery permits IrqsafeDelivery, ListDelivery {
  /** The call at the end of {@code bes2600_rx_cb}, under {@code vif_lock}. Takes the skb. */
  void deliver(SkBuff skb, RxStatus status);

  /** The frames since the last call are a batch; no driver lock is held. */
  void batchDispatched();
}
