package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.SharedInt;
import besser.kernel.Timer;

/**
 * bh.c: TX credits and the count of unanswered requests, all plain variables.
 *
 * <p>The counts have no lock. As shipped, bh alone changes them.
 */
sealed class TxBuffers permits SharedTxBuffers {
  static final KernelFunction RELEASE = KernelFunction.of("bes2600", "wsm_release_tx_buffer");
  private static final KernelFunction RELEASE_VIF =
      KernelFunction.of("bes2600", "wsm_release_vif_tx_buffer");
  private static final KernelFunction LMAC_MONITOR =
      KernelFunction.of("bes2600", "bes2600_bh_lmac_active_monitor");
  private static final KernelFunction MCU_MONITOR =
      KernelFunction.of("bes2600", "bes2600_bh_mcu_active_monitor");
  private static final int MONITOR_SECONDS = 3;

  private final Bes2600Common hw;
  private final Kernel kernel;
  final SharedInt hwBufsUsed;
  final SharedInt[] hwBufsUsedVif = new SharedInt[Bes2600Common.MAX_VIFS];
  final SharedInt[] wsmTxPending = new SharedInt[2];
  final Timer lmacMonTimer;
  final Timer mcuMonTimer;

  TxBuffers(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    hwBufsUsed = count(hw, "hw_bufs_used");
    for (int i = 0; i < hwBufsUsedVif.length; i++) {
      hwBufsUsedVif[i] = count(hw, "hw_bufs_used_vif[" + i + "]");
    }
    for (int i = 0; i < wsmTxPending.length; i++) {
      wsmTxPending[i] = kernel.sharedInt("wsm_tx_pending[" + i + "]", 0);
    }
    lmacMonTimer = kernel.timer(LMAC_MONITOR, () -> expired(0));
    mcuMonTimer = kernel.timer(MCU_MONITOR, () -> expired(1));
  }

  /** One of the credit counts, at zero; called while this is being made. */
  SharedInt count(Bes2600Common owner, String name) {
    return owner.kernel.sharedInt(name, 0);
  }

  /** Whether a message is counted before it is given to the SDIO side, or after. */
  boolean countsBeforeSending() {
    return false;
  }

  /** {@code wsm_alloc_tx_buffer}. */
  void alloc() {
    hwBufsUsed.add(1);
  }

  /** {@code wsm_release_tx_buffer}: 1 when transmission may have been held up, -1 below zero. */
  int release(int count) {
    try (var _ = kernel.enter(RELEASE)) {
      int before = hwBufsUsed.get();
      int used = hwBufsUsed.add(-count);
      int result = 0;
      if (used < 0) {
        kernel.warn("wsm_release_tx_buffer");
        result = -1;
      } else if (before >= hw.numInpChBufs.get() - 1) {
        result = 1;
      }
      if (hwBufsUsed.get() == 0) {
        hw.pwr.clearBusyEvent(PwrEvent.LMAC_RSP);
        hw.bh.bhEvtWq.wakeUp();
      }
      return result;
    }
  }

  /** {@code wsm_release_vif_tx_buffer}. */
  void releaseVif(int ifId, int count) {
    try (var _ = kernel.enter(RELEASE_VIF)) {
      int used = hwBufsUsedVif[ifId].add(-count);
      if (used == 0) hw.bh.bhEvtWq.wakeUp();
      if (used < 0) kernel.warn("wsm_release_vif_tx_buffer");
    }
  }

  /** {@code bes2600_bh_inc_pending_count}: arms the monitor only from zero. */
  void incPending(int index) {
    int before = wsmTxPending[index].get();
    wsmTxPending[index].set(before + 1);
    if (before == 0) monitor(index).mod(expires());
  }

  /** {@code bes2600_bh_dec_pending_count}. */
  void decPending(int index) {
    int before = wsmTxPending[index].get();
    if (before == 0) {
      hw.log.err("tx pending count error, idx:" + index);
      return;
    }
    wsmTxPending[index].set(before - 1);
    if (before == 1) {
      monitor(index).deleteSync();
    } else {
      monitor(index).mod(expires());
    }
  }

  Timer monitor(int index) {
    return index == 0 ? lmacMonTimer : mcuMonTimer;
  }

  long expires() {
    return kernel.clock().jiffies() + (long) MONITOR_SECONDS * kernel.clock().hz();
  }

  /** {@code bes2600_bh_lmac_active_monitor} and {@code _mcu_}: in the timer softirq. */
  void expired(int index) {
    hw.log.err(
        "link break between "
            + (index == 0 ? "lmac" : "mcu")
            + " and host, hw_buf_used:"
            + hwBufsUsed.get()
            + " pending:"
            + wsmTxPending[index].get());
    hw.chardev.wifiForceClose(
        true, index == 0 ? ForceClose.Reason.LMAC_MONITOR : ForceClose.Reason.MCU_MONITOR);
  }

  /** The part of {@code bes2600_wifi_stop} that forgets what is unanswered. */
  void forgetPending() {
    for (SharedInt pending : wsmTxPending) pending.set(0);
    stopMonitors();
  }

  final void stopMonitors() {
    mcuMonTimer.deleteSync();
    lmacMonTimer.deleteSync();
  }
}
