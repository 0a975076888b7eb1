package besser.kernel.mac80211;

import besser.kernel.net.SkBuff;

/** {@code struct ieee80211_ops}: what mac80211 calls in a driver, as far as traffic needs it. */
@FunctionalInterface
public interface Ieee80211Ops {
  /** {@code drv_tx}: the driver owns the frame until it gives it back by {@code txStatus}. */
  void tx(SkBuff skb, TxInfo info);
}
