package besser.bes2600.driver;

import besser.bes2600.wire.TxRequest;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.mac80211.TxInfo;
import besser.kernel.mac80211.TxRate;
import besser.kernel.net.SkBuff;
import java.util.Optional;

/** txrx.c: {@code bes2600_tx}, mac80211's transmit operation. */
final class Tx {
  private static final KernelFunction TX = KernelFunction.of("bes2600", "bes2600_tx");

  /** {@code wsm_queue_id_to_wsm}: voice, video, best effort, background. */
  private static final int[] WSM_QUEUE = {3, 2, 0, 1};

  /** {@code WSM_HT_TX_MIXED}. */
  private static final int HT_TX_MIXED = 1 << 8;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final int cpus;

  Tx(Bes2600Common hw, int cpus) {
    this.hw = hw;
    this.cpus = cpus;
    kernel = hw.kernel;
  }

  /** {@code bes2600_tx} for a frame of the interface; softirq or process context. */
  void tx(Bes2600Vif priv, SkBuff skb, TxInfo info) {
    try (var _ = kernel.enter(TX)) {
      TxPriv txpriv = new TxPriv();
      txpriv.reset(info);
      if (priv.enabled.read() == 0) {
        hw.txConfirm.skbDtor(skb, txpriv);
        return;
      }
      hw.pwr.setBusyEventWithTimeoutAsync(PwrEvent.TX, Pwr.TX_TIMEOUT_MILLIS);
      txpriv.ifId = priv.ifId;
      int frame = skb.dataOffset();
      int fc = Dot11.frameControl(skb.bytes(), frame);
      int hdrlen = Dot11.hdrlen(fc);
      if (Dot11.isAuth(fc)) wakeStation(priv, txpriv);
      if (Dot11.isData(fc)) {
        txpriv.tid = Dot11.isDataQos(fc) ? Dot11.tid(skb.bytes(), frame, fc) : 0;
      }
      if (info.isProtected() && Dot11.isProtected(fc)) {
        hdrlen += info.ivBytes();
        skb.put(info.icvBytes());
      }
      Optional<Integer> flags = align(skb, txpriv);
      if (flags.isEmpty() || !addHeader(skb, txpriv, flags.get(), info)) {
        hw.txConfirm.skbDtor(skb, txpriv);
        return;
      }
      hdrlen += txpriv.offset - TxRequest.HEADER_BYTES;
      if (!ratePolicy(skb, txpriv, info)) {
        hw.txConfirm.skbDtor(skb, txpriv);
        return;
      }
      hw.baStat.tx(priv, Dot11.isData(fc), skb.length() - hdrlen);
      enqueue(priv, skb, txpriv);
      hw.bh.wakeup();
    }
  }

  /** {@code bes2600_tx_h_pm}: a station that authenticates is awake. */
  private static void wakeStation(Bes2600Vif priv, TxPriv txpriv) {
    int mask = ~(1 << txpriv.rawLinkId);
    priv.psStateLock.lockBh();
    priv.staAsleepMask.set(priv.staAsleepMask.get() & mask);
    priv.pspollMask.set(priv.pspollMask.get() & mask);
    priv.psStateLock.unlockBh();
  }

  /** {@code bes2600_tx_h_align}: the frame must start at a multiple of four bytes. */
  private Optional<Integer> align(SkBuff skb, TxPriv txpriv) {
    int offset = skb.dataOffset() & 3;
    if (offset == 0) return Optional.of(0);
    if ((offset & 1) != 0) {
      hw.log.err("Bug: attempt to transmit a frame with wrong alignment: " + offset);
      return Optional.empty();
    }
    if (skb.headroom() < offset) {
      hw.log.err("Bug: no space allocated for DMA alignment. headroom: " + skb.headroom());
      return Optional.empty();
    }
    skb.push(offset);
    txpriv.offset += offset;
    return Optional.of(TxRequest.FLAG_SHIFTED);
  }

  private boolean addHeader(SkBuff skb, TxPriv txpriv, int flags, TxInfo info) {
    if (skb.headroom() < TxRequest.HEADER_BYTES) {
      hw.log.err("Bug: no space allocated for WSM header. headroom: " + skb.headroom());
      return false;
    }
    int at = skb.push(TxRequest.HEADER_BYTES);
    txpriv.offset += TxRequest.HEADER_BYTES;
    kernel.memory().memset(TxRequest.HEADER_BYTES);
    TxRequest.put(skb.bytes(), at, skb.length());
    TxRequest.putQueueId(skb.bytes(), at, txpriv.rawLinkId << 2 | WSM_QUEUE[info.queue()]);
    TxRequest.putFlags(skb.bytes(), at, flags);
    return true;
  }

  /** {@code bes2600_tx_h_rate_policy}: a policy new to the firmware holds all queues up. */
  private boolean ratePolicy(SkBuff skb, TxPriv txpriv, TxInfo info) {
    txpriv.rateId = hw.txPolicyCache.get(info.rates());
    if (txpriv.rateId == TxPriv.INVALID_RATE_ID) return false;
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    TxRequest.putFlags(bytes, at, TxRequest.flags(bytes, at) | txpriv.rateId << 4);
    TxRate first = info.rates().getFirst();
    TxRequest.putMaxTxRate(bytes, at, TxRates.hwValue(first.index(), first.mcs()));
    if (first.mcs()) TxRequest.putHtTxParameters(bytes, at, HT_TX_MIXED);
    if (hw.txPolicyCache.isRenewed()) {
      hw.wsmTxPort.lockTxAsync();
      hw.lockTxQueues();
      if (!hw.workqueue.queue(hw.txPolicyCache.uploadWork)) {
        hw.unlockTxQueues();
        hw.wsmTxPort.unlockTx();
      }
    }
    return true;
  }

  private void enqueue(Bes2600Vif priv, SkBuff skb, TxPriv txpriv) {
    hw.psStateLock.lockBh(priv);
    // link_id_after_dtim is never assigned, so each frame of a station looks like a group frame.
    if (txpriv.linkId == 0 && priv.bufferedMulticasts.get() == 0) priv.bufferedMulticasts.set(1);
    if (hw.txQueues[txpriv.info.queue()].put(skb, txpriv, cpus) != 0) kernel.bug("bes2600_tx");
    hw.psStateLock.unlockBh(priv);
  }
}
