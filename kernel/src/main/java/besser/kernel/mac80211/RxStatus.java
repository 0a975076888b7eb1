package besser.kernel.mac80211;

/**
 * {@code struct ieee80211_rx_status} as far as this driver fills it.
 *
 * @param frequencyMegahertz centre frequency in MHz
 * @param signalDbm signal in dBm
 * @param rateIndex index into the band's rates, or the HT MCS
 * @param ht whether the rate is an HT MCS
 * @param decrypted {@code RX_FLAG_DECRYPTED}
 * @param ivStripped {@code RX_FLAG_IV_STRIPPED}
 * @param micError {@code RX_FLAG_MMIC_ERROR}
 */
public record RxStatus(
    int frequencyMegahertz,
    int signalDbm,
    int rateIndex,
    boolean ht,
    boolean decrypted,
    boolean ivStripped,
    boolean micError) {}
