package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.RxIndication;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.mac80211.RxStatus;
import besser.kernel.net.SkBuff;

/** txrx.c: {@code bes2600_rx_cb}, from a receive indication to mac80211. */
final class RxCb {
  private static final KernelFunction RX_CB = KernelFunction.of("bes2600", "bes2600_rx_cb");

  private static final int DISCONNECT_MILLIS = 1500;
  private static final int FIRST_HT_RATE = 14;
  private static final int LAST_2GHZ_CHANNEL = 14;
  private static final int BEACON_ELEMENTS = 36;

  /** {@code WSM_RX_STATUS_WEP}, {@code _TKIP}, {@code _AES}, {@code _WAPI}. */
  private static final int WEP = 1;

  private static final int TKIP = 2;
  private static final int AES = 3;
  private static final int WAPI = 4;

  private final Bes2600Common hw;
  private final Kernel kernel;

  RxCb(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  /**
   * {@code bes2600_rx_cb}, under {@code vif_lock}; the skb starts at the 802.11 header.
   *
   * @param indication offset of the WSM header that was pulled off
   * @return whether mac80211 has the skb; otherwise the caller frees it
   */
  boolean rx(Bes2600Vif priv, byte[] bytes, int indication, int signal, SkBuff skb) {
    try (var _ = kernel.enter(RX_CB)) {
      if (priv.mode.get() == Bes2600Vif.MODE_UNSPECIFIED) return drop();
      int at = skb.dataOffset();
      int fc = Dot11.frameControl(bytes, at);
      boolean data = Dot11.isData(fc);
      if (data && !Dot11.isMulticastDa(bytes, at, fc)) {
        hw.pwr.setBusyEventWithTimeoutAsync(PwrEvent.RX, Pwr.RX_TIMEOUT_MILLIS);
      }
      int status = RxIndication.status(bytes, indication);
      boolean micError = status == RxIndication.STATUS_MIC_FAILURE;
      if (micError) hw.log.warn("[RX] MIC failure.");
      if (status != 0 && !micError) {
        if (status != RxIndication.STATUS_NO_KEY) hw.log.warn("[RX] Receive failure: " + status);
        return drop();
      }
      if (skb.length() < Dot11.PSPOLL_BYTES) {
        hw.log.warn("Mailformed SDU rx'ed. Size is lesser than IEEE header.");
        return drop();
      }
      if (Dot11.isPspoll(fc)) return drop();
      int hdrlen = Dot11.hdrlen(fc);
      int flags = RxIndication.flags(bytes, indication);
      Encryption encryption = encryption(flags, micError, skb.length() - hdrlen);
      if (encryption == Encryption.INVALID) return drop();
      RxStatus rxStatus = rxStatus(bytes, indication, signal, encryption, micError);
      hw.counters.rxed++;
      if (Dot11.isBeacon(fc) && status == 0) ownBeacon(priv, skb, fc);
      if (Dot11.isDeauth(fc) || Dot11.isDisassoc(fc)) {
        hw.pwr.setBusyEventWithTimeoutAsync(PwrEvent.DISCON, DISCONNECT_MILLIS);
      }
      if (data) {
        hw.baStat.rx(priv, skb.length() - hdrlen);
        priv.receivedFragmentCount.add(1);
        priv.receivedDataBytes.add(skb.length());
      }
      hw.delivery.deliver(skb, rxStatus);
      return true;
    }
  }

  private boolean drop() {
    hw.counters.dropped++;
    return false;
  }

  private enum Encryption {
    NONE,
    DECRYPTED,
    DECRYPTED_IV_STRIPPED,
    INVALID
  }

  /** What the firmware left of a protected frame; payload bytes must hold IV and ICV. */
  private Encryption encryption(int flags, boolean micError, int payloadBytes) {
    int kind = flags & RxIndication.FLAG_ENCRYPTION_MASK;
    if (kind == 0) return Encryption.NONE;
    if (kind == RxIndication.ENCRYPTION_DECRYPTED) return Encryption.DECRYPTED_IV_STRIPPED;
    if (kind > WAPI) {
      kernel.warn("bes2600_rx_cb");
      return Encryption.INVALID;
    }
    int iv = kind == WEP ? 4 : kind == WAPI ? 18 : 8;
    int icv = kind == WEP ? 4 : kind == TKIP ? 12 : kind == AES ? 8 : 16;
    if (payloadBytes < iv + (micError ? 0 : icv)) {
      hw.log.warn("Mailformed SDU rx'ed. Size is lesser than crypto headers.");
      return Encryption.INVALID;
    }
    return micError || kind == WAPI ? Encryption.DECRYPTED_IV_STRIPPED : Encryption.DECRYPTED;
  }

  private static RxStatus rxStatus(
      byte[] bytes, int indication, int signal, Encryption encryption, boolean micError) {
    int channel = RxIndication.channel(bytes, indication);
    int rate = RxIndication.rate(bytes, indication);
    boolean fiveGhz = channel > LAST_2GHZ_CHANNEL;
    boolean ht = rate >= FIRST_HT_RATE;
    int index = rate;
    if (ht) {
      index = rate - FIRST_HT_RATE;
    } else if (rate >= 4) {
      index = rate - (fiveGhz ? 6 : 2);
    }
    return new RxStatus(
        frequencyMegahertz(channel),
        signal,
        index,
        ht,
        encryption != Encryption.NONE,
        encryption == Encryption.DECRYPTED_IV_STRIPPED,
        micError);
  }

  private static int frequencyMegahertz(int channel) {
    if (channel > LAST_2GHZ_CHANNEL) return 5000 + 5 * channel;
    return channel == LAST_2GHZ_CHANNEL ? 2484 : 2407 + 5 * channel;
  }

  /** Every beacon of our own BSS that reaches the host makes four commands, or five. */
  private void ownBeacon(Bes2600Vif priv, SkBuff skb, int fc) {
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    if (Dot11.sourceAddress(bytes, at, fc) != priv.joinBssid) return;
    priv.disableBeaconFilter.set(0);
    hw.workqueue.queue(priv.updateFilteringWork);
    int end = at + skb.length();
    int tim = Dot11.findElement(bytes, at + BEACON_ELEMENTS, end, Dot11.EID_TIM);
    if (tim < 0 || tim + 4 > end) return;
    int dtimPeriod = LittleEndian.u8(bytes, tim + 3);
    if (priv.joinDtimPeriod.get() != dtimPeriod) {
      priv.joinDtimPeriod.set(dtimPeriod);
      hw.workqueue.queue(priv.setBeaconWakeupPeriodWork);
    }
  }
}
