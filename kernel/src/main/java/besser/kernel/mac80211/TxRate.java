package besser.kernel.mac80211;

/**
 * {@code struct ieee80211_tx_rate}: one step of a retry chain.
 *
 * @param index index into the band's rates, or the HT MCS
 * @param count attempts at this rate, at least 1
 * @param mcs {@code IEEE80211_TX_RC_MCS}: the index is an HT MCS
 */
public record TxRate(int index, int count, boolean mcs) {
  public TxRate {
    if (index < 0) throw new IllegalArgumentException("index must be >= 0, got " + index);
    if (count < 1) throw new IllegalArgumentException("count must be >= 1, got " + count);
  }
}
