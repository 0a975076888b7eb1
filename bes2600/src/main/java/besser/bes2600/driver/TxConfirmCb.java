package besser.bes2600.driver;

import besser.bes2600.wire.PacketId;
import besser.bes2600.wire.TxConfirm;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.mac80211.TxStatus;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/** txrx.c: {@code bes2600_tx_confirm_cb}, one confirmed frame. */
final class TxConfirmCb {
  private static final KernelFunction TX_CONFIRM_CB =
      KernelFunction.of("bes2600", "bes2600_tx_confirm_cb");
  private static final KernelFunction SW_PROCESS =
      KernelFunction.of("bes2600", "bes2600_bh_sw_process");
  private static final KernelFunction SKB_DTOR = KernelFunction.of("bes2600", "bes2600_skb_dtor");

  /** {@code CW1200_MAX_SW_RETRY_CNT}. */
  private static final int MAX_SW_RETRY_COUNT = 2;

  /** Age in jiffies beyond which a frame is not sent again. */
  private static final int MAX_SW_RETRY_JIFFIES = 1000;

  private final Bes2600Common hw;
  private final Kernel kernel;

  TxConfirmCb(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  void confirm(int ifId, byte[] bytes, int entry) {
    try (var _ = kernel.enter(TX_CONFIRM_CB)) {
      Optional<Bes2600Vif> vif = hw.hwPrivToVif(ifId);
      if (vif.isEmpty()) return;
      Bes2600Vif priv = vif.get();
      int packetId = TxConfirm.packetId(bytes, entry);
      boolean stopped = priv.mode.get() == Bes2600Vif.MODE_UNSPECIFIED;
      if (!stopped && PacketId.queue(packetId) >= hw.txQueues.length) {
        kernel.warn("bes2600_tx_confirm_cb");
        stopped = true;
      }
      if (!stopped) confirm(priv, packetId, bytes, entry);
      priv.vifLock.unlock();
    }
  }

  private void confirm(Bes2600Vif priv, int packetId, byte[] bytes, int entry) {
    TxQueue queue = hw.txQueues[PacketId.queue(packetId)];
    int status = TxConfirm.status(bytes, entry);
    int flags = TxConfirm.flags(bytes, entry);
    if (status == TxConfirm.STATUS_REQUEUE && (flags & TxConfirm.FLAG_REQUEUE) != 0) {
      requeue(priv, queue, packetId);
      return;
    }
    Optional<TxQueueItem> item = queue.getSkb(packetId);
    if (item.isEmpty()) return;
    TxPriv txpriv = item.get().txpriv;
    txpriv.acknowledged = status == TxConfirm.STATUS_SUCCESS;
    txpriv.retries = TxConfirm.ackFailures(bytes, entry);
    if (txpriv.acknowledged) {
      hw.counters.txed++;
    } else {
      hw.counters.txFailed++;
      hw.bssLoss.txFailed(priv, packetId);
    }
    if (retryInSoftware(priv, queue, packetId, status)) return;
    queue.remove(packetId);
  }

  private void requeue(Bes2600Vif priv, TxQueue queue, int packetId) {
    hw.counters.txRequeued++;
    boolean multicast = PacketId.linkId(packetId) == 0;
    hw.suspendResume(priv, true, multicast);
    hw.log.warn(
        "Requeue for link_id "
            + PacketId.linkId(packetId)
            + " (try "
            + (PacketId.queueGeneration(packetId) + 1)
            + ").");
    if (queue.requeue(packetId, true, true) != 0) kernel.warn("bes2600_tx_confirm_cb");
    priv.psStateLock.lockBh();
    if (multicast) priv.bufferedMulticasts.set(1);
    priv.psStateLock.unlockBh();
  }

  /** {@code bes2600_bh_sw_process}: a TCP frame out of hardware retries goes again, twice. */
  private boolean retryInSoftware(Bes2600Vif priv, TxQueue queue, int packetId, int status) {
    try (var _ = kernel.enter(SW_PROCESS)) {
      if (PacketId.queueGeneration(packetId) != queue.generation()) return false;
      Optional<TxQueueItem> item = queue.getSkbAndTimestamp(packetId);
      if (item.isEmpty()) {
        hw.log.err("bes2600_bh_sw_process skb is NULL");
        return false;
      }
      long age = kernel.clock().jiffies() - item.get().xmitTimestamp;
      hw.txRxOpt.addTxDeltaTime(queue.queueId, (int) age);
      if (status != TxConfirm.STATUS_RETRY_EXCEEDED || !isTcp(item.get())) return false;
      if (age > MAX_SW_RETRY_JIFFIES) return false;
      TxPriv txpriv = item.get().txpriv;
      if (txpriv.retryCount >= MAX_SW_RETRY_COUNT) {
        txpriv.retryCount = 0;
        return false;
      }
      txpriv.retryCount++;
      hw.counters.txSoftwareRetries++;
      txStatus(priv, txpriv, 0);
      hw.pwr.setBusyEventWithTimeoutAsync(PwrEvent.TX, Pwr.TX_TIMEOUT_MILLIS);
      queue.requeue(packetId, true, false);
      return true;
    }
  }

  private static boolean isTcp(TxQueueItem item) {
    SkBuff skb = item.skb.orElseThrow();
    int offset = item.txpriv.offset;
    return Dot11.isTcp(
        skb.bytes(), skb.dataOffset() + offset, skb.length() - offset, item.txpriv.info.ivBytes());
  }

  /** {@code bes2600_skb_dtor}: the frame goes back to mac80211. */
  void skbDtor(SkBuff skb, TxPriv txpriv) {
    try (var _ = kernel.enter(SKB_DTOR)) {
      Optional<Bes2600Vif> priv = hw.vifs.get(txpriv.ifId);
      skb.pull(txpriv.offset);
      if (priv.isPresent() && txpriv.rateId != TxPriv.INVALID_RATE_ID) {
        hw.txPolicyCache.put(txpriv.rateId);
      }
      if (priv.isPresent()) txStatus(priv.get(), txpriv, skb.length());
      giveBack(skb, new TxStatus(txpriv.acknowledged, false, txpriv.retries));
    }
  }

  /** As shipped {@code ieee80211_tx_status_skb}; hardened {@code ieee80211_tx_status_ni}. */
  private void giveBack(SkBuff skb, TxStatus status) {
    boolean ni = hw.has(Hardening.TX_STATUS_NI);
    if (ni) kernel.localBhDisable();
    hw.hw80211.txStatus(skb, status);
    if (ni) kernel.localBhEnable();
  }

  /** {@code bes2600_tx_status}: counters for the periodic tuning. */
  private static void txStatus(Bes2600Vif priv, TxPriv txpriv, int bytes) {
    if (!txpriv.acknowledged) {
      priv.failedCount.add(1);
      return;
    }
    priv.transmittedFrameCount.add(1);
    priv.transmittedDataBytes.add(bytes + 4);
    if (txpriv.retries > 0) priv.retryCount.add(txpriv.retries);
  }
}
