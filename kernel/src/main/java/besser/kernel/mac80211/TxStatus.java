package besser.kernel.mac80211;

/**
 * {@code struct ieee80211_tx_info}'s status as far as this driver fills it.
 *
 * @param acknowledged {@code IEEE80211_TX_STAT_ACK}
 * @param ampdu {@code IEEE80211_TX_STAT_AMPDU}
 * @param retries failed attempts before the last
 */
public record TxStatus(boolean acknowledged, boolean ampdu, int retries) {}
