package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.SharedInt;
import besser.kernel.net.SkBuff;
import besser.kernel.random.RandomStream;
import java.util.Optional;

/** wsm.c: {@code wsm_get_tx}, what to send next. */
final class WsmGetTx {
  private static final KernelFunction GET_TX = KernelFunction.of("bes2600", "wsm_get_tx");
  private static final KernelFunction GET_PRIO_QUEUE =
      KernelFunction.of("bes2600", "bes2600_get_prio_queue");
  private static final KernelFunction TXED = KernelFunction.of("bes2600", "wsm_txed");

  /** All links; nobody sleeps while we are a station. */
  private static final int ALL_LINKS = -1;

  /** {@code BIT(link_id_after_dtim) | BIT(link_id_uapsd)}, both never assigned. */
  private static final int URGENT = 1;

  /** The message found: {@code wsm_get_tx}'s out parameters, reused. */
  static final class Message {
    boolean present;
    byte[] bytes = new byte[0];
    int offset;
    int length;
    int burst;
    int vifSelected;
    private boolean command;
  }

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final RandomStream random;
  private final Message message = new Message();
  final SharedInt txBurstIdx;
  final SharedInt pendingFrameId;
  private int ifIdSelected;
  private int total;

  WsmGetTx(Bes2600Common hw, RandomStream random) {
    this.hw = hw;
    this.random = random;
    kernel = hw.kernel;
    txBurstIdx = kernel.sharedInt("tx_burst_idx", 0);
    pendingFrameId = kernel.sharedInt("pending_frame_id", 0);
  }

  /** {@code wsm_get_tx}: a command before data; the result is valid until the next call. */
  Message getTx(int burst) {
    try (var _ = kernel.enter(GET_TX)) {
      hw.counters.txAttempts++;
      message.present = false;
      message.burst = burst;
      if (hw.wsmCmd.ptr.get() != 0) {
        getCommand();
      } else {
        getData();
      }
      return message;
    }
  }

  private void getCommand() {
    hw.wsmCmd.lock.lock();
    if (hw.wsmCmd.ptr.get() == 0) kernel.bug("wsm_get_tx");
    message.present = true;
    message.command = true;
    message.bytes = hw.wsmCmd.buf;
    message.offset = 0;
    message.length = hw.wsmCmd.length;
    message.burst = 1;
    message.vifSelected = -1;
    hw.wsmCmd.lock.unlock();
  }

  private void getData() {
    message.command = false;
    int ifPending = Bes2600Common.MAX_VIFS - 1;
    ifIdSelected = 0;
    while (!message.present) {
      if (hw.wsmTxPort.txLock.addReturn(0) != 0) return;
      // One buffer is kept for commands; this attempt's own is counted already.
      if (hw.txBuffers.hwBufsUsed.get() >= hw.numInpChBufs.get()) return;
      Optional<Bes2600Vif> vif = getInterfaceForTx();
      if (vif.isEmpty()) {
        if (ifPending == 0) return;
        ifPending--;
        continue;
      }
      Bes2600Vif priv = vif.get();
      if (priv.enabled.read() == 0) {
        priv.vifLock.unlock();
        return;
      }
      int queueId = chooseQueue(priv);
      if (queueId < 0) {
        priv.vifLock.unlock();
        if (ifPending == 0) return;
        ifPending--;
        continue;
      }
      if (!take(priv, queueId)) ifPending = 0;
      priv.vifLock.unlock();
    }
  }

  /** {@code wsm_get_interface_for_tx}: the interface's {@code vif_lock} is held on return. */
  private Optional<Bes2600Vif> getInterfaceForTx() {
    hw.vifListLock.lock();
    Optional<Bes2600Vif> vif = hw.vifs.get(ifIdSelected);
    if (vif.isPresent()) vif.get().vifLock.lock();
    hw.vifListLock.unlock();
    ifIdSelected = ifIdSelected >= Bes2600Common.MAX_VIFS - 1 ? 0 : ifIdSelected + 1;
    return vif;
  }

  private int chooseQueue(Bes2600Vif priv) {
    hw.psStateLock.lockBh(priv);
    total = 0;
    boolean more = false;
    int queueId = -1;
    if (priv.txMulticast.get() != 0) {
      queueId = getPrioQueue(priv, URGENT);
      more = queueId >= 0 && total > 1;
    }
    if (queueId < 0) queueId = getPrioQueue(priv, ALL_LINKS);
    if (priv.bufferedMulticasts.get() != 0
        && (queueId < 0 || !more)
        && (priv.txMulticast.get() != 0 || priv.staAsleepMask.get() == 0)) {
      priv.bufferedMulticasts.set(0);
      priv.txMulticast.set(0);
    }
    hw.psStateLock.unlockBh(priv);
    return queueId;
  }

  /** {@code bes2600_get_prio_queue}: a draw by EDCA parameters among queues with frames. */
  private int getPrioQueue(Bes2600Vif priv, int links) {
    try (var _ = kernel.enter(GET_PRIO_QUEUE)) {
      int winner = -1;
      long best = 0xffffffffL;
      for (int i = 0; i < hw.txQueues.length; i++) {
        int queued = hw.txQueues[i].numQueued(priv, links);
        if (queued == 0) continue;
        total += queued;
        Bes2600Vif.Edca edca = priv.edca[i];
        long draw = random.nextLong() & 0xffff;
        long score =
            ((long) (edca.aifns() + edca.cwMin()) << 16) + (edca.cwMax() - edca.cwMin()) * draw;
        if (score < best && (winner < 0 || i != 3)) {
          best = score;
          winner = i;
        }
      }
      int bursting = txBurstIdx.get();
      if (winner >= 0
          && bursting >= 0
          && winner != bursting
          && hw.txQueues[winner].numQueued(priv, links & URGENT) == 0
          && hw.txQueues[bursting].numQueued(priv, links) != 0) {
        winner = bursting;
      }
      return winner;
    }
  }

  /** Takes a frame from a queue; false when it was handled otherwise. */
  private boolean take(Bes2600Vif priv, int queueId) {
    Optional<TxQueueItem> found = hw.txQueues[queueId].get(priv.ifId, ALL_LINKS);
    if (found.isEmpty()) return false;
    TxQueueItem item = found.get();
    SkBuff skb = item.skb.orElseThrow();
    byte[] bytes = skb.bytes();
    int at = skb.dataOffset();
    if (hw.wsmTxData.handled(priv, item, hw.txQueues[queueId])) return false;
    int id = WsmHeader.rawId(bytes, at);
    LittleEndian.putU16(bytes, at + 2, WsmHeader.withLinkId(id, priv.ifId));
    message.vifSelected = priv.ifId;
    priv.pspollMask.set(priv.pspollMask.get() & ~(1 << item.txpriv.rawLinkId));
    message.bytes = bytes;
    message.offset = at;
    message.length = WsmHeader.length(bytes, at);
    if (priv.edca[queueId].txOpLimit() != 0) {
      int queued = hw.txQueues[queueId].numQueued(priv, ALL_LINKS);
      message.burst = Math.min(message.burst, queued + 1);
    } else {
      message.burst = 1;
    }
    txBurstIdx.set(message.burst > 1 ? queueId : -1);
    message.present = true;
    return true;
  }

  /** {@code wsm_txed}. */
  void txed(Message sent) {
    try (var _ = kernel.enter(TXED)) {
      if (sent.command && hw.has(Hardening.LOOP_BY_BH)) {
        hw.txLoop.sentWsmCmd(WsmHeader.rawId(sent.bytes, sent.offset));
      }
      if (sent.command && hw.wsmCmd.ptr.get() != 0) {
        hw.wsmCmd.lock.lock();
        hw.wsmCmd.ptr.set(0);
        hw.wsmCmd.lock.unlock();
      } else {
        hw.pwr.setBusyEventAsync(PwrEvent.LMAC_RSP);
      }
    }
  }
}
