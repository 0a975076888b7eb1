package besser.bes2600.driver;

import besser.kernel.AtomicInt;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;

/** wsm.c: "WSM TX port control", the lock that holds transmission up. */
final class WsmTxPort {
  private static final KernelFunction UNLOCK_TX = KernelFunction.of("bes2600", "wsm_unlock_tx");
  private static final KernelFunction FLUSH_TX = KernelFunction.of("bes2600", "wsm_flush_tx");

  /** {@code WSM_CMD_LAST_CHANCE_TIMEOUT}. */
  private static final int LAST_CHANCE_SECONDS = 10;

  private final Bes2600Common hw;
  private final Kernel kernel;
  final AtomicInt txLock;

  WsmTxPort(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    txLock = kernel.atomic("tx_lock", 0);
  }

  /** {@code wsm_lock_tx}: waits until the firmware holds no frame. */
  void lockTx() {
    hw.wsmCmd.lockCmd();
    if (txLock.addReturn(1) == 1) flushTx();
    hw.wsmCmd.unlockCmd();
  }

  /** {@code wsm_vif_lock_tx}. */
  void vifLockTx(Bes2600Vif priv) {
    hw.wsmCmd.lockCmd();
    if (txLock.addReturn(1) == 1) vifFlushTx(priv);
    hw.wsmCmd.unlockCmd();
  }

  /** {@code wsm_lock_tx_async}. */
  void lockTxAsync() {
    txLock.addReturn(1);
  }

  /** {@code wsm_unlock_tx}. */
  void unlockTx() {
    try (var _ = kernel.enter(UNLOCK_TX)) {
      if (hw.bh.bhError.get() != 0) {
        hw.log.err("fatal error occured, unlock is unsafe");
        return;
      }
      int left = txLock.addReturn(-1);
      if (left < 0) {
        kernel.bug("wsm_unlock_tx");
      } else if (left == 0) {
        hw.bh.wakeup();
      }
    }
  }

  /** {@code wsm_flush_tx}: a frame older than 10 s closes the link. */
  boolean flushTx() {
    try (var _ = kernel.enter(FLUSH_TX)) {
      if (txLock.read() == 0) kernel.bug("wsm_flush_tx");
      if (hw.txBuffers.hwBufsUsed.get() == 0) return true;
      if (hw.bh.bhError.get() != 0) {
        hw.log.err("[WSM] Fatal error occured, will not flush TX.");
        return false;
      }
      long oldest = -1;
      for (TxQueue queue : hw.txQueues) {
        oldest = older(oldest, queue.oldestXmitTimestamp(now(), TxQueue.ALL_IFS, -1));
      }
      if (oldest < 0) return true;
      long timeout = oldest + (long) LAST_CHANCE_SECONDS * kernel.clock().hz() - now();
      if (timeout < 0
          || hw.bh.bhEvtWq.waitEventTimeout(() -> hw.txBuffers.hwBufsUsed.get() == 0, timeout)
              <= 0) {
        hw.chardev.wifiForceClose(true, ForceClose.Reason.FLUSH_TX);
      }
      return true;
    }
  }

  /** {@code wsm_vif_flush_tx}. */
  private void vifFlushTx(Bes2600Vif priv) {
    if (txLock.read() == 0) kernel.bug("wsm_vif_flush_tx");
    if (hw.txBuffers.hwBufsUsedVif[priv.ifId].get() == 0) return;
    if (hw.bh.bhError.get() != 0) {
      hw.log.err("[WSM] Fatal error occured, will not flush TX.");
      return;
    }
    long oldest = now();
    for (TxQueue queue : hw.txQueues) {
      oldest = older(oldest, queue.oldestXmitTimestamp(now(), priv.ifId, -1));
    }
    if (hw.txBuffers.hwBufsUsedVif[priv.ifId].get() == 0) return;
    long timeout = oldest + (long) LAST_CHANCE_SECONDS * kernel.clock().hz() - now();
    if (hw.bh.bhEvtWq.waitEventTimeout(
            () -> hw.txBuffers.hwBufsUsedVif[priv.ifId].get() == 0, Math.max(0, timeout))
        <= 0) {
      hw.chardev.wifiForceClose(true, ForceClose.Reason.FLUSH_TX);
    }
  }

  private long now() {
    return kernel.clock().jiffies();
  }

  private static long older(long known, long other) {
    if (other < 0) return known;
    return known < 0 ? other : Math.min(known, other);
  }
}
